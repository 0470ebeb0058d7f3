CREATE OR REPLACE FUNCTION cron_engine.begin_top_level(
    runid bigint, OUT server name, OUT problem text, OUT connect_timeout interval, OUT terms text, OUT connected boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
AS $body$
DECLARE
    v_run record;
BEGIN
    SELECT q.username, q.nodename, q.nodeport, q.database INTO STRICT v_run
      FROM cron_engine.queue q WHERE q.runid = $1 AND q.pid = pg_backend_pid() AND q.login = SESSION_USER;
    IF v_run.nodename IS NULL AND v_run.database IS NULL AND v_run.username = SESSION_USER THEN
        terms := cron_engine.top_level_terms(SESSION_USER);
    END IF;
    connected := coalesce(current_setting('cronlink.top_level', true) = terms, false);
    PERFORM cron_engine.close_connections(CASE WHEN connected THEN 'cronlink top level' END);
    connected := connected AND cron_engine.tell_top_level();
    SELECT s.connect_timeout INTO begin_top_level.connect_timeout FROM cron.settings s;
    UPDATE cron_engine.queue q
       SET top_level = true,
           connect_before = CASE WHEN NOT connected THEN clock_timestamp() + begin_top_level.connect_timeout END
     WHERE q.runid = $1 AND q.pid = pg_backend_pid() AND q.login = SESSION_USER
    RETURNING q.username, q.nodename, q.nodeport, q.database INTO STRICT v_run;
    PERFORM cron_engine.record_start($1), cron_engine.save_run($1);
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
    'Notes that the run which this session holds goes to top level; for a run on another host, the foreign server that leads there, or the problem that there is none. connected: it has the connection of the run before. terms: see top_level_terms(); NULL: the next one may not have it.';
