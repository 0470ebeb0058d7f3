COMMENT ON TYPE cron_engine.planned_job IS 'What cron.apply_jobs() is going to do with a job, and why. wanted: the columns of cron.job and cron.job_options that the file sets.';
