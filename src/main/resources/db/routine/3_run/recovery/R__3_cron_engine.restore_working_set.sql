CREATE OR REPLACE FUNCTION cron_engine.restore_working_set(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF EXISTS (SELECT FROM cron_engine.working_set_complete) THEN
        RETURN;
    END IF;
    INSERT INTO cron_engine.due (jobid, next_fire) SELECT t.jobid, t.next_fire FROM cron_engine.timer t WHERE t.next_fire IS NOT NULL
    ON CONFLICT DO NOTHING;
    PERFORM cron_engine.do_each('restore run', ARRAY(
        SELECT r.runid::text
          FROM (SELECT k.runid FROM cron_engine.saved_run k
                UNION
                SELECT d.runid FROM cron.job_run_details d
                 WHERE d.runid >= (SELECT p.first_runid FROM cron_engine.recovery_point p) AND d.status IN ('queued', 'running')) r
         ORDER BY r.runid), now);
    DELETE FROM cron_engine.saved_run k
     WHERE NOT EXISTS (SELECT FROM cron.job_run_details d WHERE d.runid = k.runid AND d.status IN ('queued', 'running'));
    INSERT INTO cron_engine.working_set_complete (complete_since) VALUES (now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.restore_working_set(timestamptz) IS
    'Fills the unlogged tables again after a crash of the server, or its recovery from a backup, has emptied them: the timers that are due from the timers, the queue from the history. Does nothing otherwise.';
