CREATE OR REPLACE FUNCTION cron_engine.make_ready_due(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
AS $body$
DECLARE
    v_held bigint[];
    v_runs bigint[];
BEGIN
    IF NOT EXISTS (SELECT FROM cron_engine.queue q WHERE NOT q.ready AND q.waits_for IS NULL AND coalesce(q.not_before, '-infinity') <= now) THEN
        RETURN 0;
    END IF;
    v_held := (SELECT coalesce(array_agg(f.item::bigint), '{}') FROM cron_engine.fault f WHERE f.step = 'ready run' AND f.retry_at > now);
    BEGIN
        -- What one role queues at once must not keep the others' fires waiting: no more than are fired at once, the rest with the next tick.
        -- Nor must what somebody has locked, and may keep so.
        v_runs := ARRAY(SELECT q.runid FROM cron_engine.queue q
                         WHERE NOT q.ready AND q.waits_for IS NULL AND coalesce(q.not_before, '-infinity') <= now AND q.runid <> ALL (v_held)
                         ORDER BY coalesce(q.not_before, '-infinity'), q.runid LIMIT 500
                           FOR UPDATE SKIP LOCKED);
        RETURN cron_engine.ready_runs(v_runs, now);
    EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
        RAISE;
    WHEN OTHERS THEN
        RAISE LOG 'cronlink: making ready together failed, looking for the one to leave out: %', SQLERRM;
    END;
    RETURN cron_engine.do_each('ready run', v_runs::text[], now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.make_ready_due(timestamptz) IS
    'Looks at waiting runs that are new or whose time has come, and lets those start that nothing keeps; one for which that fails keeps no other waiting, and is tried again and again. What waits for other runs is looked at when these have ended, see cron_engine.ready_next(). Returns for how many something was new.';
