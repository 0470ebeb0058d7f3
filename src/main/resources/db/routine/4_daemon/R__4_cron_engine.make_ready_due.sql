CREATE OR REPLACE FUNCTION cron_engine.make_ready_due(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM cron_engine.queue q WHERE NOT q.ready) THEN
        RETURN 0;
    END IF;
    BEGIN
        RETURN cron_engine.make_ready(now, (SELECT coalesce(array_agg(f.item::bigint), '{}') FROM cron_engine.fault f
                                             WHERE f.step = 'ready run' AND f.retry_at > now));
    EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
        RAISE;
    WHEN OTHERS THEN
        RAISE LOG 'cronlink: making ready together failed, looking for the one to leave out: %', SQLERRM;
    END;
    RETURN cron_engine.do_each('ready run', ARRAY(SELECT q.runid::text FROM cron_engine.queue q
                                                   WHERE NOT q.ready AND (q.not_before IS NULL OR q.not_before <= now)
                                                   ORDER BY q.priority DESC, q.runid), now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.make_ready_due(timestamptz) IS
    'Lets waiting runs start whose time has come; one for which that fails keeps no other waiting, and is tried again and again. Returns how many.';
