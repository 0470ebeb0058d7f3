COMMENT ON TABLE cron_engine.event IS 'What has happened lately, in the order of its commits: the last hour, or half a million runs. A crash of the server takes it.';
COMMENT ON COLUMN cron_engine.event.id IS 'Microseconds since 1970, or one more than the one before: also after a crash it is higher than any before.';
COMMENT ON COLUMN cron_engine.event.kind IS 'runs: they started or ended; skips: fires that led to no run; jobs: they were made, changed or removed; settings: they were changed.';
COMMENT ON COLUMN cron_engine.event.runids IS 'The runs.';
COMMENT ON COLUMN cron_engine.event.jobids IS 'The job of each run; or the jobs.';
COMMENT ON COLUMN cron_engine.event.statuses IS 'What each run became: running, succeeded, failed or skipped; or each job: changed or removed.';
COMMENT ON COLUMN cron_engine.event.total IS 'How many runs and jobs all events up to this one were about.';
