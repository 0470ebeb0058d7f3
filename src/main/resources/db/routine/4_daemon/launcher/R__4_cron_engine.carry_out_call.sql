CREATE OR REPLACE FUNCTION cron_engine.carry_out_call(orders cron_engine.launcher_order[])
RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RETURN format('SELECT e.* FROM cron_engine.carry_out(%L) AS e', orders);
END;
$body$;
COMMENT ON FUNCTION cron_engine.carry_out_call(cron_engine.launcher_order[]) IS 'What a launcher is sent to carry out orders, see cron_engine.carry_out().';
