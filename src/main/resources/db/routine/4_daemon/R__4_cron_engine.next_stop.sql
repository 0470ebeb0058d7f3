CREATE OR REPLACE FUNCTION cron_engine.next_stop()
RETURNS timestamptz
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- A day, as times have an end.
    SELECT min(q.started_at + least(q.timeout, q.connect_before - q.started_at,
                                    CASE WHEN q.timed_out_at IS NULL AND q.top_level IS NOT TRUE THEN q.statement_timeout END, '1 day'))
      FROM cron_engine.queue q
     WHERE q.pid IS NOT NULL AND q.stop_sent_at IS NULL AND isfinite(q.started_at)
$body$;
COMMENT ON FUNCTION cron_engine.next_stop() IS 'When the next of the runs that run is to be stopped, at the latest; NULL if none runs.';
