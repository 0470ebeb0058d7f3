COMMENT ON TABLE cron_engine.success_watch IS 'Jobs that are alarmed on when they have not succeeded for some time: when they did last, as the history may not have it. Empty where no such rule is in force. Rows come and go by cron_engine.watch_successes(); the daemon notes successes.';
COMMENT ON COLUMN cron_engine.success_watch.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.success_watch.last_success IS 'When it succeeded last, to within a second, or from when it is watched.';
