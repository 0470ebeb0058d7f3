CREATE OR REPLACE FUNCTION cron_engine.pass_orders(launcher_name text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_orders cron_engine.launcher_order[] := (SELECT l.orders FROM cron_engine.launcher l
                                                WHERE l.name = launcher_name AND l.asked_at IS NULL AND l.name <> ALL (cron_engine.looking_launchers()));
    v_server text := v_orders[1].server;
    v_count  integer := cardinality(v_orders);
BEGIN
    IF coalesce(v_count, 0) = 0 THEN
        RETURN;
    END IF;
    -- It connects as one login at a time: should it hang, then it is clear at which. What is for others it is not given until then, so that
    -- it is known not to have begun that, see lose_launcher().
    v_count := coalesce((SELECT min(o.ordinality) - 1 FROM unnest(v_orders) WITH ORDINALITY o WHERE o.server IS DISTINCT FROM v_server), v_count);
    IF NOT cron_engine.send(launcher_name, cron_engine.carry_out_call(v_orders[: v_count])) THEN
        PERFORM cron_engine.lose_launcher(launcher_name);
        RETURN;
    END IF;
    UPDATE cron_engine.launcher l
       SET orders = v_orders[v_count + 1 :], asked_at = clock_timestamp(),
           asked_for = (SELECT g.username FROM cron_engine.login g WHERE g.server = v_server), since = now
     WHERE l.name = launcher_name;
END;
$body$;
COMMENT ON FUNCTION cron_engine.pass_orders(text, timestamptz) IS 'Sends a launcher the orders that it is to be given, if it has carried out those before.';
