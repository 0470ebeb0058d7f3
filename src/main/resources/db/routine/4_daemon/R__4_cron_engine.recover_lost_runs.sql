CREATE OR REPLACE FUNCTION cron_engine.recover_lost_runs(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_run   record;
    v_count integer := 0;
BEGIN
    FOR v_run IN
        SELECT q.runid, q.claims, q.top_level, q.stop_reason
          FROM cron_engine.queue q
         WHERE q.pid IS NOT NULL AND NOT cron_engine.is_worker_alive(q.pid, q.login)
           FOR UPDATE SKIP LOCKED
    LOOP
        v_count := v_count + 1;
        IF v_run.top_level THEN
            PERFORM cron_engine.fail_run(v_run.runid, 'outcome unknown: the session was lost while the command ran at top level', '08007', now);
        ELSIF v_run.stop_reason IS NOT NULL THEN
            PERFORM cron_engine.fail_run(v_run.runid, CASE v_run.stop_reason WHEN 'cancel' THEN 'job canceled' ELSE 'job timeout' END, '57014', now);
        ELSIF v_run.claims >= 3 THEN
            PERFORM cron_engine.fail_run(v_run.runid, 'server closed the connection unexpectedly' || E'\nDETAIL:  The session was lost in each of 3 tries.', '57P01', now);
        ELSE
            -- It ran in one transaction with its record, so it had no effect: it may run again.
            UPDATE cron_engine.queue q SET pid = NULL, started_at = NULL, stray_stop = false WHERE q.runid = v_run.runid;
            UPDATE cron.job_run_details d SET status = 'queued', job_pid = NULL, start_time = NULL WHERE d.runid = v_run.runid;
        END IF;
    END LOOP;
    RETURN v_count;
END;
$body$;
COMMENT ON FUNCTION cron_engine.recover_lost_runs(timestamptz) IS
    'Finds runs whose session is gone: those in a transaction wait again, three times at most; those at top level fail, as nobody knows what they did.';
