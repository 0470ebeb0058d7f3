CREATE OR REPLACE FUNCTION cron_engine.look_closely(for_login text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_name text;
BEGIN
    FOR v_name IN
        SELECT l.name FROM cron_engine.launcher l
         WHERE l.asked_for IS NULL AND EXISTS (SELECT FROM cron_engine.worker w WHERE w.launcher = l.name AND w.login = for_login AND w.busy)
    LOOP
        -- The last look may be older than what it is to find.
        PERFORM cron_engine.await_launcher(v_name, now);
        PERFORM cron_engine.look_at_workers(v_name, now);
        PERFORM cron_engine.await_launcher(v_name, now);
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.look_closely(text, timestamptz) IS
    'Finds out at once which workers of a login are done: one that is spares another.';
