COMMENT ON TABLE cron_engine.ended_run IS 'What workers tell the daemon: runs that ended since its last tick. It retries, chains and notifies by them.';
COMMENT ON COLUMN cron_engine.ended_run.runid IS 'The run.';
COMMENT ON COLUMN cron_engine.ended_run.jobid IS 'Its job.';
COMMENT ON COLUMN cron_engine.ended_run.status IS 'How it ended.';
COMMENT ON COLUMN cron_engine.ended_run.top_level IS 'It turned out to need the top level.';
COMMENT ON COLUMN cron_engine.ended_run.canceled IS 'Somebody stopped it: it is not tried again.';
COMMENT ON COLUMN cron_engine.ended_run.username IS 'Its role, if it was in a group.';
COMMENT ON COLUMN cron_engine.ended_run.job_group IS 'Its group.';

DO $body$
BEGIN
    EXECUTE (SELECT pg_catalog.string_agg(pg_catalog.format('COMMENT ON COLUMN cron_engine.plain_end.%I IS %L', a.attname, pg_catalog.col_description(a.attrelid, a.attnum)), ';')
               FROM pg_catalog.pg_attribute AS a
              WHERE a.attrelid = 'cron_engine.ended_run'::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped);
END;
$body$;
