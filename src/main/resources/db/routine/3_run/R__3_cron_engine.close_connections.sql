CREATE OR REPLACE FUNCTION cron_engine.close_connections()
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_name text;
BEGIN
    FOREACH v_name IN ARRAY coalesce(${dblink}.dblink_get_connections(), '{}') LOOP
        PERFORM ${dblink}.dblink_disconnect(v_name);
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.close_connections() IS 'Closes the named dblink connections of this session: that of a run at top level, and those that a command opened.';
