CREATE OR REPLACE FUNCTION cron_engine.mark_stops(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- By the index of the runs that are ready, however many wait: a table that is empty now has the same statistics when it is full.
SET enable_sort = off
AS $body$
BEGIN
    RETURN cron_engine.do_each('stop run', ARRAY(SELECT q.runid::text FROM cron_engine.queue q
                                                  WHERE q.ready AND q.pid IS NOT NULL AND q.stop_sent_at IS NULL
                                                  ORDER BY q.login, -q.priority, q.runid), now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.mark_stops(timestamptz) IS
    'Marks the runs that are to stop now. The mark is committed before a signal is sent, so that a worker which has moved on knows whom it was meant for. Returns how many.';
