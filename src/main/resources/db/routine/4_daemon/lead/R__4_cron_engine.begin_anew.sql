CREATE OR REPLACE FUNCTION cron_engine.begin_anew(now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron.job_run_details d
       SET status = CASE d.status WHEN 'queued' THEN 'skipped' ELSE 'failed' END,
           return_message = CASE d.status WHEN 'queued' THEN 'the database was copied'
                                          ELSE 'outcome unknown: the database was copied while the command ran' END,
           sqlstate = CASE d.status WHEN 'running' THEN '08007' END,
           start_time = coalesce(d.start_time, now), end_time = now
     WHERE d.runid >= (SELECT p.first_runid FROM cron_engine.recovery_point p) AND d.status IN ('queued', 'running');
    DELETE FROM cron_engine.queue;
    DELETE FROM cron_engine.saved_run;
    DELETE FROM cron_engine.ended_run;
    DELETE FROM cron_engine.due;
    DELETE FROM cron_engine.fault;
    -- What was to be sent the original sends.
    DELETE FROM cron_engine.alarm_delivery d WHERE d.messageid IS NULL;
    UPDATE cron_engine.alarm_message m SET ended_at = now, error = 'the database was copied' WHERE m.ended_at IS NULL;
    -- What a timer has named by now would be owed.
    DELETE FROM cron_engine.timer;
    SELECT cron_engine.do_each('set timer', ARRAY(SELECT j.jobid::text FROM cron.job j ORDER BY j.jobid), now);
    INSERT INTO cron_engine.working_set_complete (complete_since) SELECT now WHERE NOT EXISTS (SELECT FROM cron_engine.working_set_complete)
$body$;
COMMENT ON FUNCTION cron_engine.begin_anew(timestamptz) IS 'Forgets what was owed: runs that wait or run are ended, and jobs fire next after now.';
