CREATE OR REPLACE FUNCTION cron_engine.mark_stops(now timestamptz, held bigint[] DEFAULT '{}', only_runids bigint[] DEFAULT NULL)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_marked bigint[];
BEGIN
    WITH overdue AS (
        SELECT q.runid, q.stop_reason IS NOT NULL OR coalesce(cron_engine.age(q.started_at, now) >= q.timeout, false) OR coalesce(q.connect_before <= now, false) AS stop
          FROM cron_engine.queue q
         WHERE q.pid IS NOT NULL AND q.stop_sent_at IS NULL
               AND q.runid <> ALL (held) AND (only_runids IS NULL OR q.runid = ANY (only_runids))
               AND (q.stop_reason IS NOT NULL OR cron_engine.age(q.started_at, now) >= q.timeout OR q.connect_before <= now
                    OR cron_engine.age(q.started_at, now) >= q.statement_timeout AND q.timed_out_at IS NULL AND q.top_level IS NOT TRUE)
           FOR UPDATE SKIP LOCKED
    ), marked AS (
        UPDATE cron_engine.queue q
           SET stop_reason = CASE WHEN o.stop THEN coalesce(q.stop_reason, 'timeout') END,
               stop_asked_at = CASE WHEN o.stop THEN coalesce(q.stop_asked_at, now) END,
               stop_sent_at = CASE WHEN o.stop THEN now END,
               timed_out_at = CASE WHEN o.stop THEN q.timed_out_at ELSE now END
          FROM overdue o WHERE q.runid = o.runid
        RETURNING q.runid
    )
    SELECT array_agg(m.runid) INTO v_marked FROM marked m;
    PERFORM cron_engine.keep_run(q.runid) FROM cron_engine.queue q WHERE q.runid = ANY (v_marked) AND q.stop_sent_at IS NOT NULL;
    RETURN coalesce(cardinality(v_marked), 0);
END;
$body$;
COMMENT ON FUNCTION cron_engine.mark_stops(timestamptz, bigint[], bigint[]) IS
    'Marks the runs that are to stop now: cancelled by somebody, or past a timeout, their own or their role''s: all but those held, or only some. The mark is committed before a signal is sent, so that a worker which has moved on knows whom it was meant for.';
