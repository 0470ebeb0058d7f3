CREATE OR REPLACE FUNCTION cron_engine.mark_stops(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_count integer;
BEGIN
    WITH overdue AS (
        SELECT q.runid, q.stop_reason IS NOT NULL OR coalesce(now - q.started_at >= q.timeout, false) OR coalesce(q.connect_before <= now, false) AS stop
          FROM cron_engine.queue q
         WHERE q.pid IS NOT NULL AND q.stop_sent_at IS NULL
               AND (q.stop_reason IS NOT NULL OR now - q.started_at >= q.timeout OR q.connect_before <= now
                    OR now - q.started_at >= q.statement_timeout AND q.timed_out_at IS NULL AND q.top_level IS NOT TRUE)
           FOR UPDATE SKIP LOCKED
    )
    UPDATE cron_engine.queue q
       SET stop_reason = CASE WHEN o.stop THEN coalesce(q.stop_reason, 'timeout') END,
           stop_asked_at = CASE WHEN o.stop THEN coalesce(q.stop_asked_at, now) END,
           stop_sent_at = CASE WHEN o.stop THEN now END,
           timed_out_at = CASE WHEN o.stop THEN q.timed_out_at ELSE now END
      FROM overdue o WHERE q.runid = o.runid;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    IF v_count > 0 THEN
        PERFORM cron_engine.keep_run(q.runid) FROM cron_engine.queue q WHERE q.stop_sent_at = now;
    END IF;
    RETURN v_count;
END;
$body$;
COMMENT ON FUNCTION cron_engine.mark_stops(timestamptz) IS
    'Marks the runs that are to stop now: cancelled by somebody, or past a timeout, their own or their role''s. The mark is committed before a signal is sent, so that a worker which has moved on knows whom it was meant for.';
