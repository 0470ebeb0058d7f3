CREATE OR REPLACE FUNCTION cron_engine.next_stop()
RETURNS timestamptz
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
-- By the index of the runs that are ready, however many wait: a table that is empty now has the same statistics when it is full.
SET enable_sort = off
AS $body$
BEGIN
    RETURN (SELECT min(least(q.started_at + q.timeout, nullif(q.connect_before, 'infinity'),
                             CASE WHEN q.timed_out_at IS NULL AND q.top_level IS NOT TRUE THEN q.started_at + q.statement_timeout END))
              FROM (SELECT q.* FROM cron_engine.queue q
                     WHERE q.ready AND q.pid IS NOT NULL AND q.stop_sent_at IS NULL
                     ORDER BY q.login, -q.priority, q.runid) q);
EXCEPTION WHEN OTHERS THEN
    -- A limit that is no time. All are looked at twice a second anyway, each by itself.
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.next_stop() IS 'When the next of the runs that run is to be stopped, at the latest; NULL if none has a limit, or one is beyond all times.';
