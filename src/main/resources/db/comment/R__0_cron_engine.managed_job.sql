COMMENT ON TABLE cron_engine.managed_job IS 'Jobs that a file of jobs has made or taken over: only these it changes and removes. See cron.apply_jobs().';
COMMENT ON COLUMN cron_engine.managed_job.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.managed_job.manager IS 'Name of the file, as cron.apply_jobs() was told.';
COMMENT ON COLUMN cron_engine.managed_job.applied IS 'The job as the file said when it was applied last. What differs from it, and not from the file, somebody else has changed.';
