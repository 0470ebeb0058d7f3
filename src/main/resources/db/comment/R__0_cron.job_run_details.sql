COMMENT ON TABLE cron.job_run_details IS 'The runs, one row for each fire. Columns 1 to 10 are pg_cron''s.';
COMMENT ON COLUMN cron.job_run_details.jobid IS 'The job; NULL for a command run by cron.run_once().';
COMMENT ON COLUMN cron.job_run_details.runid IS 'The run''s number.';
COMMENT ON COLUMN cron.job_run_details.job_pid IS 'Process id of the session that runs the command.';
COMMENT ON COLUMN cron.job_run_details.database IS 'Database it runs in.';
COMMENT ON COLUMN cron.job_run_details.username IS 'Role as which it runs.';
COMMENT ON COLUMN cron.job_run_details.command IS 'The SQL, as it was at the fire.';
COMMENT ON COLUMN cron.job_run_details.status IS 'queued, running, then succeeded, failed or skipped.';
COMMENT ON COLUMN cron.job_run_details.return_message IS 'Command tag or row count, or the error: the texts of pg_cron.';
COMMENT ON COLUMN cron.job_run_details.start_time IS 'When the command began.';
COMMENT ON COLUMN cron.job_run_details.end_time IS 'When it ended.';
COMMENT ON COLUMN cron.job_run_details.scheduled_time IS 'The time the schedule named, without jitter. A retry, a rerun and a run after another have that of the run they retry, repeat or follow. NULL for a run asked for by a person.';
COMMENT ON COLUMN cron.job_run_details.queued_time IS 'When the fire was recorded.';
COMMENT ON COLUMN cron.job_run_details.trigger IS 'schedule, catch-up, manual, retry, after or reboot.';
COMMENT ON COLUMN cron.job_run_details.attempt IS '1, and one more for each retry.';
COMMENT ON COLUMN cron.job_run_details.result IS 'First column of the first row of the result, cut after 10,000 characters.';
COMMENT ON COLUMN cron.job_run_details.sqlstate IS 'SQLSTATE of the failure; NULL unless the run failed.';
COMMENT ON COLUMN cron.job_run_details.origin_runid IS 'The run that this one retries, repeats or follows.';
COMMENT ON COLUMN cron.job_run_details.note IS 'Who asked for a manual run or stopped it, and why; also on its retries. delayed: what kept it from starting although it could have.';
COMMENT ON COLUMN cron.job_run_details.wal_bytes IS 'Bytes that it wrote to the write-ahead log, before its commit; NULL, here and in what follows: not measured, see cron.settings.measure_runs. A run at top level is not.';
COMMENT ON COLUMN cron.job_run_details.read_bytes IS 'Bytes that it read from disk, or from what the operating system keeps of it, into the buffers, and back from temporary files.';
COMMENT ON COLUMN cron.job_run_details.temp_bytes IS 'Bytes that it wrote to temporary files, as sorts and joins do that find no room in work_mem.';

DO $body$
BEGIN
    EXECUTE (SELECT pg_catalog.string_agg(pg_catalog.format('COMMENT ON COLUMN cron_engine.spared_run.%I IS %L', a.attname, pg_catalog.col_description(a.attrelid, a.attnum)), ';')
               FROM pg_catalog.pg_attribute AS a
              WHERE a.attrelid = 'cron.job_run_details'::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped);
END;
$body$;
