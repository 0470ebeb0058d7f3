COMMENT ON SCHEMA cron IS 'Cronlink: jobs, their history and the functions people call. Drop-in for pg_cron''s schema of the same name.';
