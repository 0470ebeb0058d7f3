CREATE OR REPLACE FUNCTION cron_engine.session_options()
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Timeouts of the role would count a worker's whole life as one statement; a job's own limit is its timeout. And records must be written,
    -- whatever the role's default is.
    SELECT concat_ws(' ', '-c default_transaction_read_only=off -c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c idle_session_timeout=0 -c client_min_messages=error',
                     CASE WHEN current_setting('server_version_num')::integer >= 170000 THEN '-c transaction_timeout=0' END)
$body$;
COMMENT ON FUNCTION cron_engine.session_options() IS 'Settings with which the engine''s sessions begin, as for libpq''s options.';

CREATE OR REPLACE FUNCTION cron_engine.home_options()
RETURNS text[]
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT array_remove(ARRAY[
               'host=' || coalesce(s.host, host(inet_server_addr()), '127.0.0.1'),
               'port=' || coalesce(s.port, inet_server_port(), current_setting('port')::integer),
               'dbname=' || current_database(),
               'sslmode=' || s.sslmode,
               'connect_timeout=' || ceil(extract(epoch FROM s.connect_timeout)),
               'application_name=cronlink worker',
               'options=' || cron_engine.session_options()], NULL)
      FROM cron.settings s
$body$;
COMMENT ON FUNCTION cron_engine.home_options() IS 'How the server reaches itself: libpq''s options, each as name=value.';

CREATE OR REPLACE FUNCTION cron_engine.conninfo(VARIADIC options text[])
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Quoted as libpq wants it: a backslash before quotes and backslashes. Of options given twice libpq takes the last.
    SELECT string_agg(split_part(o, '=', 1) || '=''' ||
                      replace(replace(substr(o, strpos(o, '=') + 1), '\', '\\'), '''', '\''') || '''', ' ' ORDER BY i)
      FROM unnest(options) WITH ORDINALITY AS u (o, i)
$body$;
COMMENT ON FUNCTION cron_engine.conninfo(text[]) IS 'A libpq connection string of options given as name=value.';

CREATE OR REPLACE FUNCTION cron_engine.store_login(username text, password text)
RETURNS name
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- A role's name may fill the whole length of an identifier.
    v_server name := 'cronlink:' || CASE WHEN octet_length(username) <= 50 THEN username ELSE ':' || md5(username) END;
    v_action text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_foreign_server s WHERE s.srvname = v_server) THEN
        EXECUTE format('CREATE SERVER %I FOREIGN DATA WRAPPER dblink_fdw', v_server);
    END IF;
    PERFORM cron_engine.set_server_options(v_server, cron_engine.home_options());
    v_action := CASE WHEN EXISTS (SELECT FROM pg_user_mappings m WHERE m.srvname = v_server AND m.usename = CURRENT_USER)
                     THEN 'ALTER USER MAPPING FOR CURRENT_USER SERVER %I OPTIONS (SET user %L, SET password %L)'
                     ELSE 'CREATE USER MAPPING FOR CURRENT_USER SERVER %I OPTIONS (user %L, password %L)' END;
    BEGIN
        EXECUTE format(v_action, v_server, username, password);
    EXCEPTION WHEN OTHERS THEN
        -- Its own context would quote the statement, and with it the password.
        RAISE EXCEPTION 'the login of role "%" could not be stored: %', username, SQLERRM USING ERRCODE = SQLSTATE;
    END;
    RETURN v_server;
END;
$body$;
COMMENT ON FUNCTION cron_engine.store_login(text, text) IS 'Keeps a password in a user mapping of the engine''s owner; the name of its foreign server is returned.';

CREATE OR REPLACE FUNCTION cron_engine.set_server_options(server name, options text[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_present text[] := coalesce((SELECT s.srvoptions FROM pg_foreign_server s WHERE s.srvname = server), '{}');
    v_changes text;
BEGIN
    SELECT string_agg(CASE WHEN n.o IS NULL THEN format('DROP %I', p.k)
                           ELSE format('%s %I %L', CASE WHEN p.k IS NULL THEN 'ADD' ELSE 'SET' END, n.k, substr(n.o, length(n.k) + 2)) END, ', ')
      INTO v_changes
      FROM (SELECT o, split_part(o, '=', 1) FROM unnest(options) o) n (o, k)
      FULL JOIN (SELECT o, split_part(o, '=', 1) FROM unnest(v_present) o) p (o, k) ON p.k = n.k
     WHERE n.o IS DISTINCT FROM p.o;
    IF v_changes IS NOT NULL THEN
        EXECUTE format('ALTER SERVER %I OPTIONS (%s)', server, v_changes);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.set_server_options(name, text[]) IS 'Gives a foreign server exactly these options, each name=value; writes nothing if it has them.';
