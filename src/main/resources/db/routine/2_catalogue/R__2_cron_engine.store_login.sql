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
        -- Any wrapper that knows libpq's options will do for dblink. Some hosts let nobody use its own one.
        EXECUTE format('CREATE SERVER %I FOREIGN DATA WRAPPER %I', v_server, coalesce(
            (SELECT w.fdwname FROM pg_foreign_data_wrapper w
              WHERE w.fdwname IN ('dblink_fdw', 'postgres_fdw') AND has_foreign_data_wrapper_privilege(w.oid, 'USAGE') ORDER BY w.fdwname LIMIT 1),
            'dblink_fdw'));
    END IF;
    PERFORM cron_engine.set_server_options(v_server, cron_engine.home_options());
    IF EXISTS (SELECT FROM pg_user_mappings m
                WHERE m.srvname = v_server AND m.usename = CURRENT_USER
                      AND m.umoptions @> ARRAY['user=' || username, 'password=' || password]) THEN
        -- Each start of the service comes here. Where nothing has changed it asks nobody's event trigger for leave.
        RETURN v_server;
    END IF;
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
