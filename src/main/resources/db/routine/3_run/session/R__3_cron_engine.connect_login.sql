CREATE OR REPLACE FUNCTION cron_engine.connect_login(connection text, server name, options text[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_conninfo text := cron_engine.login_conninfo(server, VARIADIC options);
    v_passing  text := 'cronlink:passing:' || pg_backend_pid();
BEGIN
    IF v_conninfo IS NOT NULL THEN
        PERFORM ${dblink}.dblink_connect(connection, v_conninfo);
        RETURN;
    END IF;
    -- A log-in is passed on through a server only. This one has the options, and is gone again when the connection is there.
    EXECUTE (SELECT format('CREATE SERVER %I FOREIGN DATA WRAPPER %I', v_passing, w.fdwname)
               FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw WHERE s.srvname = server);
    -- Of options given twice the last.
    PERFORM cron_engine.set_server_options(v_passing, ARRAY(
        SELECT DISTINCT ON (split_part(o, '=', 1)) o
          FROM unnest((SELECT s.srvoptions FROM pg_foreign_server s WHERE s.srvname = server) || options) WITH ORDINALITY u (o, i)
         ORDER BY split_part(o, '=', 1), i DESC));
    EXECUTE format('CREATE USER MAPPING FOR CURRENT_USER SERVER %I OPTIONS (user %L, use_scram_passthrough ''true'')', v_passing,
                   (SELECT substr(o, 6) FROM pg_user_mappings m, unnest(m.umoptions) o
                     WHERE m.srvname = server AND m.usename = CURRENT_USER AND o ~ '^user='));
    PERFORM ${dblink}.dblink_connect(connection, v_passing);
    RAISE EXCEPTION USING ERRCODE = 'CL001', MESSAGE = 'undone';
EXCEPTION WHEN SQLSTATE 'CL001' THEN
    NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.connect_login(text, name, text[]) IS
    'Connects as a registered login through its server, with these options added or replaced.';
