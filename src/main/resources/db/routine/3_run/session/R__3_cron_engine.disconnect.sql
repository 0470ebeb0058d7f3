CREATE OR REPLACE FUNCTION cron_engine.disconnect(name text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF name = ANY (${dblink}.dblink_get_connections()) THEN
        PERFORM ${dblink}.dblink_disconnect(name);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.disconnect(text) IS 'Closes a connection of this session, if it is there.';
