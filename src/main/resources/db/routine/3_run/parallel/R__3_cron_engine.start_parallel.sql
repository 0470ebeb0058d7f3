CREATE OR REPLACE FUNCTION cron_engine.start_parallel(login text, ordinal integer, command text, now timestamptz)
RETURNS cron_engine.parallel_run
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_name   text := 'cronlink parallel ' || ordinal;
    v_way    record;
    v_detail text;
BEGIN
    SELECT coalesce(v.server, l.server) AS server, l.via INTO v_way
      FROM cron_engine.login l LEFT JOIN cron_engine.login v ON v.username = l.via
     WHERE l.username = login;
    PERFORM cron_engine.connect_login(v_name, v_way.server,
        -- In a database that has just been copied or restored, the login still leads to the original.
        cron_engine.home_options() || ARRAY[
            'application_name=cronlink: parallel', 'options=' || cron_engine.session_options() || ' -c client_connection_check_interval=1s']);
    IF v_way.via IS NOT NULL THEN
        PERFORM cron_engine.become(v_name, login, current_database());
    END IF;
    RETURN (ordinal, command, now, NULL, cron_engine.send_command(v_name, command))::cron_engine.parallel_run;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS v_detail = PG_EXCEPTION_DETAIL;
    RETURN (ordinal, command, now, NULL, cron_engine.connection_failed(SQLSTATE, SQLERRM, v_detail))::cron_engine.parallel_run;
END;
$body$;
COMMENT ON FUNCTION cron_engine.start_parallel(text, integer, text, timestamptz) IS 'Connects as a login and sends one command of cron.parallel.';
