CREATE OR REPLACE FUNCTION cron_engine.open_top_level(runid bigint)
RETURNS cron_engine.outcome
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_run    record;
    v_detail text;
BEGIN
    -- Whoever calls this gets a connection as the role that it is logged in as already, and only for a run that it holds.
    SELECT q.username, coalesce(q.database, current_database()) AS database, l.server
      INTO STRICT v_run
      FROM cron_engine.queue q
      JOIN cron_engine.login l ON l.username = q.login
     WHERE q.runid = $1 AND q.pid = pg_backend_pid() AND q.login = SESSION_USER AND q.nodename IS NULL;
    PERFORM ${dblink}.dblink_connect('cronlink top level', cron_engine.login_conninfo(v_run.server, VARIADIC ARRAY[
        'dbname=' || v_run.database, 'application_name=' || current_setting('application_name'),
        -- Should this worker be lost, its command must not go on unseen.
        'options=-c client_min_messages=error -c client_connection_check_interval=1s' || cron_engine.run_options()]));
    IF v_run.username <> SESSION_USER THEN
        PERFORM ${dblink}.dblink_exec('cronlink top level', format('SET ROLE %I', v_run.username));
    END IF;
    RETURN NULL;
EXCEPTION WHEN query_canceled OR OTHERS THEN
    GET STACKED DIAGNOSTICS v_detail = PG_EXCEPTION_DETAIL;
    RETURN cron_engine.connection_failed(SQLSTATE, SQLERRM, v_detail);
END;
$body$;
COMMENT ON FUNCTION cron_engine.open_top_level(bigint) IS
    'Connects to the own server for the run that this session holds, as its role, in its database; not NULL: how that failed.';

CREATE OR REPLACE FUNCTION cron_engine.run_options()
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT string_agg(format(' -c cronlink.%s=%s', n, regexp_replace(current_setting('cronlink.' || n, true), '([\\\s])', '\\\1', 'g')), '')
      FROM unnest('{runid,jobid,attempt,scheduled_time}'::text[]) n
$body$;
COMMENT ON FUNCTION cron_engine.run_options() IS 'What this session was told of its run, as libpq''s options for another session.';

CREATE OR REPLACE FUNCTION cron_engine.begin_top_level(
    runid bigint, OUT server name, OUT problem text, OUT connect_timeout interval)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_run record;
BEGIN
    SELECT s.connect_timeout INTO begin_top_level.connect_timeout FROM cron.settings s;
    UPDATE cron_engine.queue q
       SET top_level = true,
           connect_before = clock_timestamp() + begin_top_level.connect_timeout
     WHERE q.runid = $1 AND q.pid = pg_backend_pid() AND q.login = SESSION_USER
    RETURNING q.username, q.nodename, q.nodeport, q.database INTO STRICT v_run;
    PERFORM cron_engine.close_connections();
    IF v_run.nodename IS NULL THEN
        RETURN;
    END IF;
    SELECT s.srvname INTO server
      FROM pg_foreign_server s
     CROSS JOIN LATERAL (SELECT max(o.option_value) FILTER (WHERE o.option_name IN ('host', 'hostaddr')) AS host,
                                max(o.option_value) FILTER (WHERE o.option_name = 'port') AS port,
                                max(o.option_value) FILTER (WHERE o.option_name = 'dbname') AS dbname
                           FROM pg_options_to_table(s.srvoptions) o) o
     WHERE lower(o.host) = lower(v_run.nodename) AND coalesce(o.port, '5432')::integer = v_run.nodeport AND o.dbname = v_run.database
     -- Of several the one that lets the role in.
     ORDER BY has_server_privilege(v_run.username, s.oid, 'USAGE') DESC,
              EXISTS (SELECT FROM pg_user_mappings m WHERE m.srvid = s.oid AND m.usename = v_run.username) DESC, s.srvname
     LIMIT 1;
    IF server IS NULL THEN
        problem := format('there is no foreign server for %s:%s, database %s', v_run.nodename, v_run.nodeport, v_run.database);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.begin_top_level(bigint) IS
    'Notes that the run which this session holds goes to top level; for a run on another host, the foreign server that leads there, or the problem that there is none.';

CREATE OR REPLACE FUNCTION cron_engine.end_connecting(runid bigint)
RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.queue q SET connect_before = NULL
     WHERE q.runid = $1 AND q.pid = pg_backend_pid() AND q.login = SESSION_USER AND q.connect_before IS NOT NULL
$body$;
COMMENT ON FUNCTION cron_engine.end_connecting(bigint) IS 'Notes that the connection is there: from now on the run may have had an effect.';

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

CREATE OR REPLACE FUNCTION cron_engine.connection_failed(state text, message text, detail text)
RETURNS cron_engine.outcome
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT ('failed', concat_ws(E'\n', 'connection failed', 'DETAIL:  ' || coalesce(nullif(detail, ''), message)), NULL,
            CASE WHEN state = '57014' THEN '08001' ELSE state END, true)::cron_engine.outcome
$body$;
COMMENT ON FUNCTION cron_engine.connection_failed(text, text, text) IS 'The outcome of a run for which no connection could be had.';

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
COMMENT ON FUNCTION cron_engine.login_conninfo(name, text[]) IS
    'The connection string of the caller''s own user mapping, with these options added or replaced; it holds the password.';
