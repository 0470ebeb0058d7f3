CREATE OR REPLACE FUNCTION cron_engine.undo_stray_stop(runid bigint, claims integer)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE cron_engine.queue q
       SET pid = NULL, started_at = NULL, stray_stop = false, connect_before = NULL
     WHERE q.runid = $1 AND q.claims = $2 AND q.pid = pg_backend_pid() AND q.login = SESSION_USER
           AND q.stray_stop AND q.stop_reason IS NULL AND q.timed_out_at IS NULL AND (q.top_level IS NOT TRUE OR q.connect_before IS NOT NULL)
           -- A command that cancels itself must come to an end.
           AND q.claims < 3;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM cron_engine.save_run($1);
    UPDATE cron.job_run_details d SET status = 'queued', job_pid = NULL, start_time = NULL WHERE d.runid = $1;
    RETURN true;
END;
$body$;
COMMENT ON FUNCTION cron_engine.undo_stray_stop(bigint, integer) IS
    'If a cancel that was meant for an earlier run of the session has hit this one: queues it again. It was rolled back, or had not begun, so it may simply run again.';
