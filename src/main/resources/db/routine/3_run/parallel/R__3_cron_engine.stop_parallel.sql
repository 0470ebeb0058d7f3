CREATE OR REPLACE FUNCTION cron_engine.stop_parallel()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_name text;
BEGIN
    LOOP
        BEGIN
            FOREACH v_name IN ARRAY coalesce(${dblink}.dblink_get_connections(), '{}') LOOP
                IF v_name LIKE 'cronlink parallel %' THEN
                    PERFORM ${dblink}.dblink_cancel_query(v_name);
                    PERFORM ${dblink}.dblink_disconnect(v_name);
                END IF;
            END LOOP;
            RETURN;
        EXCEPTION WHEN query_canceled THEN
            -- Whoever cancels again asks for what is being done.
            NULL;
        END;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.stop_parallel() IS 'Cancels all commands of cron.parallel and closes their connections.';
