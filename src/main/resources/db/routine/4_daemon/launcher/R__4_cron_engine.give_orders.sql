CREATE OR REPLACE FUNCTION cron_engine.give_orders(launcher_name text, orders cron_engine.launcher_order[], now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF launcher_name = '' THEN
        PERFORM cron_engine.note_event('', e, now) FROM cron_engine.carry_out(orders) e;
    ELSE
        -- What is quick does not wait until all have been connected.
        UPDATE cron_engine.launcher l
           SET orders = CASE WHEN give_orders.orders[1].server IS NULL THEN give_orders.orders || l.orders ELSE l.orders || give_orders.orders END
         WHERE l.name = launcher_name;
        -- Where it is not connecting it has carried out those before, or is about to have.
        PERFORM CASE WHEN l.asked_at IS NULL AND l.name <> ALL (cron_engine.looking_launchers()) THEN cron_engine.pass_orders(l.name, now)
                     ELSE cron_engine.await_launcher(l.name, now) END
           FROM cron_engine.launcher l WHERE l.name = launcher_name AND l.asked_for IS NULL;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.give_orders(text, cron_engine.launcher_order[], timestamptz) IS
    'Lets a launcher carry out orders, as soon as it can; empty name: carries them out in this session, at once.';
