CREATE OR REPLACE FUNCTION cron_engine.look_at_workers(launcher_name text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_orders cron_engine.launcher_order[] := (SELECT array_agg(('look', w.name, NULL, NULL)::cron_engine.launcher_order ORDER BY w.name)
                                                FROM cron_engine.worker w
                                               WHERE w.launcher = launcher_name AND w.busy AND w.start_at IS NULL AND w.pid IS NOT NULL);
BEGIN
    IF v_orders IS NOT NULL THEN
        PERFORM cron_engine.give_orders(launcher_name, v_orders, now);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.look_at_workers(text, timestamptz) IS 'Has whoever holds the connections look which of the busy workers are done.';
