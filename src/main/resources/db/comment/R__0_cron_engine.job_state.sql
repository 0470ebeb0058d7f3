COMMENT ON TABLE cron_engine.job_state IS 'What the daemon remembers of a job. Only the daemon writes here, so it never waits for a lock.';
COMMENT ON COLUMN cron_engine.job_state.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.job_state.top_level_command IS 'MD5 of the command that was found to need the top level: a changed command is learnt again.';
COMMENT ON COLUMN cron_engine.job_state.failures IS 'Failed runs in a row.';
COMMENT ON COLUMN cron_engine.job_state.lasting IS 'A run of it has lasted, see cron_engine.lasting_run(), and not all of the latest ones were quick.';
