CREATE OR REPLACE FUNCTION cron_engine.work_call(seat integer, reserved bigint DEFAULT NULL)
RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RETURN format('CALL cron_engine.work(''1 s'', %s)', concat_ws(', ', seat, reserved));
END;
$body$;
COMMENT ON FUNCTION cron_engine.work_call(integer, bigint) IS 'What a worker is sent to be set to work, see cron_engine.work().';
