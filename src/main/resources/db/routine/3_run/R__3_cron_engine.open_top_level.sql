CREATE OR REPLACE FUNCTION cron_engine.open_top_level(runid bigint)
RETURNS cron_engine.outcome
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_run     record;
    v_message text;
    v_detail  text;
BEGIN
    -- Whoever calls this gets a connection as the role that it is logged in as already, and only for a run that it holds.
    SELECT q.jobid, q.username, coalesce(q.database, current_database()) AS database, l.server,
           coalesce((SELECT j.jobname FROM cron.job j WHERE j.jobid = q.jobid), q.jobid::text) AS jobname
      INTO STRICT v_run
      FROM cron_engine.queue q
      JOIN cron_engine.login l ON l.username = q.login
     WHERE q.runid = $1 AND q.pid = pg_backend_pid() AND q.login = SESSION_USER;
    UPDATE cron_engine.queue q SET top_level = true WHERE q.runid = $1;
    PERFORM cron_engine.close_top_level();
    PERFORM ${dblink}.dblink_connect('cronlink top level', cron_engine.login_conninfo(v_run.server, VARIADIC ARRAY[
        'dbname=' || v_run.database,
        'application_name=cronlink: ' || v_run.jobname,
        -- Should this worker be lost, its command must not go on unseen.
        format('options=-c client_min_messages=error -c client_connection_check_interval=1s -c cronlink.jobid=%s -c cronlink.runid=%s', v_run.jobid, runid)]));
    IF v_run.username <> SESSION_USER THEN
        PERFORM ${dblink}.dblink_exec('cronlink top level', format('SET ROLE %I', v_run.username));
    END IF;
    RETURN NULL;
EXCEPTION WHEN query_canceled OR OTHERS THEN
    GET STACKED DIAGNOSTICS v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL;
    RETURN ('failed', concat_ws(E'\n', 'connection failed', 'DETAIL:  ' || coalesce(nullif(v_detail, ''), v_message)), NULL, SQLSTATE, true)::cron_engine.outcome;
END;
$body$;
COMMENT ON FUNCTION cron_engine.open_top_level(bigint) IS 'Connects for the run that this session holds, as its role, in its database; not NULL: how that failed.';

CREATE OR REPLACE FUNCTION cron_engine.close_top_level()
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF 'cronlink top level' = ANY (${dblink}.dblink_get_connections()) THEN
        PERFORM ${dblink}.dblink_disconnect('cronlink top level');
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.close_top_level() IS 'Closes the connection of a run at top level, if there is one.';

CREATE OR REPLACE FUNCTION cron_engine.login_conninfo(server name, VARIADIC options text[])
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.conninfo(VARIADIC s.srvoptions || m.umoptions || options)
      FROM pg_foreign_server s
      JOIN pg_user_mappings m ON m.srvid = s.oid
     WHERE s.srvname = server AND m.usename = CURRENT_USER
$body$;
COMMENT ON FUNCTION cron_engine.login_conninfo(name, text[]) IS 'The connection string of a registered login, with these options added or replaced. It holds the password: for the engine''s owner only.';
