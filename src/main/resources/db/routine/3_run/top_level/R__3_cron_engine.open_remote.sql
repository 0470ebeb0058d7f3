CREATE OR REPLACE FUNCTION cron_engine.open_remote(server name, connect_timeout interval)
RETURNS cron_engine.outcome
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_detail text;
BEGIN
    -- With the caller's own rights: its USAGE on the server, its user mapping. One for PUBLIC cannot be read, but dblink may use it.
    PERFORM ${dblink}.dblink_connect('cronlink top level', coalesce(
        cron_engine.login_conninfo(server, VARIADIC ARRAY['connect_timeout=' || ceil(extract(epoch FROM connect_timeout)),
                                                          'application_name=' || current_setting('application_name')]),
        server));
    RETURN NULL;
EXCEPTION WHEN query_canceled OR OTHERS THEN
    GET STACKED DIAGNOSTICS v_detail = PG_EXCEPTION_DETAIL;
    RETURN cron_engine.connection_failed(SQLSTATE, SQLERRM, v_detail);
END;
$body$;
COMMENT ON FUNCTION cron_engine.open_remote(name, interval) IS 'Connects to another host through a foreign server, as the role of the job; not NULL: how that failed.';
