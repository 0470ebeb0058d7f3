CREATE OR REPLACE FUNCTION cron_engine.close_connections(but text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
AS $body$
DECLARE
    v_name text;
BEGIN
    FOREACH v_name IN ARRAY coalesce(${dblink}.dblink_get_connections(), '{}') LOOP
        IF v_name IS DISTINCT FROM but THEN
            PERFORM ${dblink}.dblink_disconnect(v_name);
        END IF;
    END LOOP;
    BEGIN
        -- The one without a name is in no list: that there is none is told by the error.
        PERFORM ${dblink}.dblink_disconnect();
    EXCEPTION WHEN connection_does_not_exist THEN
        NULL;
    END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.close_connections(text) IS 'Closes the dblink connections of this session, named or not, but for one: that of a run at top level, and those that a command opened.';
