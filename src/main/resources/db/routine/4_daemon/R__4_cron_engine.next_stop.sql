CREATE OR REPLACE FUNCTION cron_engine.next_stop()
RETURNS timestamptz
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RETURN (SELECT min(least(q.started_at + q.timeout, nullif(q.connect_before, 'infinity'),
                             CASE WHEN q.timed_out_at IS NULL AND q.top_level IS NOT TRUE THEN q.started_at + q.statement_timeout END))
              FROM cron_engine.queue q
             WHERE q.ready AND q.pid IS NOT NULL AND q.stop_sent_at IS NULL);
EXCEPTION WHEN OTHERS THEN
    -- A limit that is no time. All are looked at twice a second anyway, each by itself.
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.next_stop() IS 'When the next of the runs that run is to be stopped, at the latest; NULL if none has a limit, or one is beyond all times.';
