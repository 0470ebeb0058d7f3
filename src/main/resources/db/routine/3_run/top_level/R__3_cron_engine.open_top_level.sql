CREATE OR REPLACE FUNCTION cron_engine.open_top_level(runid bigint)
RETURNS cron_engine.outcome
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
AS $body$
DECLARE
    v_run    record;
    v_detail text;
BEGIN
    -- Whoever calls this gets a connection as the role that it is logged in as already, and only for a run that it holds.
    SELECT q.username, coalesce(q.database, current_database()) AS database, l.server,
           q.database IS NULL AND q.username = SESSION_USER AS lasting
      INTO STRICT v_run
      FROM cron_engine.queue q
      JOIN cron_engine.login l ON l.username = q.login
     WHERE q.runid = $1 AND q.pid = pg_backend_pid() AND q.login = SESSION_USER AND q.nodename IS NULL;
    PERFORM cron_engine.connect_login('cronlink top level', v_run.server, ARRAY[
        'dbname=' || v_run.database, 'application_name=' || current_setting('application_name'),
        -- Should this worker be lost, its command must not go on unseen.
        'options=' || cron_engine.session_options() || ' -c client_connection_check_interval=1s'
                   || CASE WHEN v_run.lasting THEN '' ELSE cron_engine.run_options() END]);
    IF v_run.lasting THEN
        IF NOT cron_engine.tell_top_level() THEN
            RETURN cron_engine.connection_failed('08006', 'the connection was lost at once', NULL);
        END IF;
    ELSIF v_run.username <> SESSION_USER THEN
        PERFORM cron_engine.become('cronlink top level', v_run.username, v_run.database);
    END IF;
    RETURN NULL;
EXCEPTION WHEN query_canceled OR OTHERS THEN
    GET STACKED DIAGNOSTICS v_detail = PG_EXCEPTION_DETAIL;
    RETURN cron_engine.connection_failed(SQLSTATE, SQLERRM, v_detail);
END;
$body$;
COMMENT ON FUNCTION cron_engine.open_top_level(bigint) IS
    'Connects to the own server for the run that this session holds, as its role, in its database; not NULL: how that failed.';
