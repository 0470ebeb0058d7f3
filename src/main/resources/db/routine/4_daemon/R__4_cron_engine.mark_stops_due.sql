CREATE OR REPLACE FUNCTION cron_engine.mark_stops_due(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    BEGIN
        RETURN cron_engine.mark_stops(now, (SELECT coalesce(array_agg(f.item::bigint), '{}') FROM cron_engine.fault f
                                             WHERE f.step = 'stop run' AND f.retry_at > now));
    EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
        RAISE;
    WHEN OTHERS THEN
        RAISE LOG 'cronlink: marking stops together failed, looking for the one to leave out: %', SQLERRM;
    END;
    RETURN cron_engine.do_each('stop run', ARRAY(SELECT q.runid::text FROM cron_engine.queue q
                                                  WHERE q.pid IS NOT NULL AND q.stop_sent_at IS NULL ORDER BY q.runid), now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.mark_stops_due(timestamptz) IS
    'Marks the runs that are to stop now; one for which that fails keeps no other from being stopped, and is tried again and again. Returns how many.';
