CREATE OR REPLACE FUNCTION cron_engine.stop_runs(runids bigint[], now timestamptz)
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
         WHERE q.runid = ANY (runids) AND q.pid IS NOT NULL AND q.stop_sent_at IS NULL
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
    PERFORM cron_engine.save_run(q.runid) FROM cron_engine.queue q WHERE q.runid = ANY (v_marked) AND q.stop_sent_at IS NOT NULL;
    RETURN coalesce(cardinality(v_marked), 0);
END;
$body$;
COMMENT ON FUNCTION cron_engine.stop_runs(bigint[], timestamptz) IS
    'Marks those of the given runs that are to stop now: canceled by somebody, or past a timeout, their own or their role''s. Returns how many. For cron_engine.do_each().';
