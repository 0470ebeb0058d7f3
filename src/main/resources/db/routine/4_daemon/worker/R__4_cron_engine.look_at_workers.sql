CREATE OR REPLACE FUNCTION cron_engine.look_at_workers(launcher_name text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_looking text[] := cron_engine.looking_launchers();
    v_orders  cron_engine.launcher_order[] := (SELECT array_agg(('look', w.name, NULL, NULL)::cron_engine.launcher_order ORDER BY w.name)
                                                 FROM cron_engine.worker w
                                                WHERE w.launcher = launcher_name AND w.busy AND w.start_at IS NULL AND w.pid IS NOT NULL);
BEGIN
    IF v_orders IS NULL THEN
        RETURN;
    ELSIF launcher_name = '' THEN
        PERFORM cron_engine.give_orders(launcher_name, v_orders, now);
    ELSIF launcher_name <> ALL (v_looking)
          AND EXISTS (SELECT FROM cron_engine.launcher l WHERE l.name = launcher_name AND l.asked_at IS NULL AND l.orders = '{}') THEN
        -- So often that it is written to no table: for as long as anybody holds a snapshot, each version of a row stays, and is read each time.
        IF cron_engine.send(launcher_name, cron_engine.carry_out_call(v_orders)) THEN
            PERFORM set_config('cronlink.looking', (v_looking || launcher_name)::text, false);
        ELSE
            PERFORM cron_engine.lose_launcher(launcher_name);
        END IF;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.look_at_workers(text, timestamptz) IS
    'Has whoever holds the connections look which of the busy workers are done. A launcher that has something to do already is not asked.';
