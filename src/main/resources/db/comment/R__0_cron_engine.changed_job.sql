COMMENT ON TABLE cron_engine.changed_job IS 'Jobs that were made, changed or removed, until the daemon tells it. A crash of the server takes it.';
COMMENT ON COLUMN cron_engine.changed_job.jobid IS 'The job; NULL: cron.settings.';
