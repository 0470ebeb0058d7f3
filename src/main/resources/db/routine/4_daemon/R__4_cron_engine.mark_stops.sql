CREATE OR REPLACE FUNCTION cron_engine.mark_stops(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_count integer;
BEGIN
    WITH overdue AS (
        SELECT q.runid FROM cron_engine.queue q
         WHERE q.pid IS NOT NULL AND q.stop_sent_at IS NULL
               AND (q.stop_reason IS NOT NULL OR now - q.started_at >= q.timeout OR q.connect_before <= now)
           FOR UPDATE SKIP LOCKED
    )
    UPDATE cron_engine.queue q
       SET stop_reason = coalesce(q.stop_reason, 'timeout'), stop_asked_at = coalesce(q.stop_asked_at, now), stop_sent_at = now
      FROM overdue o WHERE q.runid = o.runid;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    IF v_count > 0 THEN
        PERFORM cron_engine.keep_run(q.runid) FROM cron_engine.queue q WHERE q.stop_sent_at = now;
    END IF;
    RETURN v_count;
END;
$body$;
COMMENT ON FUNCTION cron_engine.mark_stops(timestamptz) IS
    'Marks the runs that are to stop now: cancelled by somebody, or past their timeout. The mark is committed before a signal is sent, so that a worker which has moved on knows whom it was meant for.';
