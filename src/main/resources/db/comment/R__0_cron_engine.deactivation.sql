COMMENT ON TABLE cron_engine.deactivation IS 'The jobs that the scheduler deactivated, not a person. Written with the job''s row in cron.job locked.';
COMMENT ON COLUMN cron_engine.deactivation.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.deactivation.cause IS 'fired: its one time has passed; expired: nothing is left before its valid_until; failures: too many in a row.';
COMMENT ON COLUMN cron_engine.deactivation.reason IS 'Why, for people.';
