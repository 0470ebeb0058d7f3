CREATE OR REPLACE FUNCTION cron_engine.mark_stops(now timestamptz)
RETURNS timestamptz
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_overdue bigint[];
    v_next    timestamptz;
BEGIN
    SELECT array_agg(s.runid) FILTER (WHERE s.stop_at <= now), min(s.stop_at) FILTER (WHERE s.stop_at > now) INTO v_overdue, v_next
      FROM (SELECT q.runid,
                   least(CASE WHEN q.stop_reason IS NOT NULL THEN now END, q.started_at + q.timeout, q.connect_before,
                         CASE WHEN q.timed_out_at IS NULL AND q.top_level IS NOT TRUE THEN q.started_at + q.statement_timeout END) AS stop_at
              FROM cron_engine.queue q
             WHERE q.pid IS NOT NULL AND q.stop_sent_at IS NULL) s;
    IF v_overdue IS NULL THEN
        RETURN v_next;
    END IF;
    WITH overdue AS (
        SELECT q.runid, q.stop_reason IS NOT NULL OR coalesce(q.started_at + q.timeout <= now, false) OR coalesce(q.connect_before <= now, false) AS stop
          FROM cron_engine.queue q
         WHERE q.runid = ANY (v_overdue) AND q.pid IS NOT NULL AND q.stop_sent_at IS NULL
           FOR UPDATE SKIP LOCKED
    )
    UPDATE cron_engine.queue q
       SET stop_reason = CASE WHEN o.stop THEN coalesce(q.stop_reason, 'timeout') END,
           stop_asked_at = CASE WHEN o.stop THEN coalesce(q.stop_asked_at, now) END,
           stop_sent_at = CASE WHEN o.stop THEN now END,
           timed_out_at = CASE WHEN o.stop THEN q.timed_out_at ELSE now END
      FROM overdue o WHERE q.runid = o.runid;
    PERFORM cron_engine.keep_run(q.runid) FROM cron_engine.queue q WHERE q.runid = ANY (v_overdue) AND q.stop_sent_at = now;
    RETURN v_next;
END;
$body$;
COMMENT ON FUNCTION cron_engine.mark_stops(timestamptz) IS
    'Marks the runs that are to stop now: cancelled by somebody, or past a timeout, their own or their role''s. The mark is committed before a signal is sent, so that a worker which has moved on knows whom it was meant for. Returns when the next one will be.';
