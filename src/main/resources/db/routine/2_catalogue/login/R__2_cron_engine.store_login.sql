CREATE OR REPLACE FUNCTION cron_engine.store_login(username text, password text)
RETURNS name
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- A role's name may fill the whole length of an identifier.
    v_server  name := 'cronlink:' || CASE WHEN octet_length(username) <= 50 THEN username ELSE ':' || md5(username) END;
    v_wanted  text[] := ARRAY['user=' || username, coalesce('password=' || password, 'use_scram_passthrough=true')];
    v_present text[];
BEGIN
    IF NOT EXISTS (SELECT FROM pg_foreign_server s WHERE s.srvname = v_server) THEN
        -- Any wrapper that knows libpq's options will do for dblink. Some hosts let nobody use its own one.
        EXECUTE format('CREATE SERVER %I FOREIGN DATA WRAPPER %I', v_server, coalesce(
            (SELECT w.fdwname FROM pg_foreign_data_wrapper w
              WHERE w.fdwname IN ('dblink_fdw', 'postgres_fdw') AND has_foreign_data_wrapper_privilege(w.oid, 'USAGE') ORDER BY w.fdwname LIMIT 1),
            'dblink_fdw'));
    END IF;
    PERFORM cron_engine.set_server_options(v_server, cron_engine.home_options());
    SELECT coalesce(m.umoptions, '{}') INTO v_present FROM pg_user_mappings m WHERE m.srvname = v_server AND m.usename = CURRENT_USER;
    IF v_present @> v_wanted THEN
        -- Each start of the service comes here. Where nothing has changed it asks nobody's event trigger for leave.
        RETURN v_server;
    END IF;
    BEGIN
        -- From one kind to the other.
        IF v_present IS NOT NULL AND (SELECT count(*) FROM unnest(v_present) p JOIN unnest(v_wanted) w ON split_part(p, '=', 1) = split_part(w, '=', 1)) < 2 THEN
            EXECUTE format('DROP USER MAPPING FOR CURRENT_USER SERVER %I', v_server);
            v_present := NULL;
        END IF;
        EXECUTE format(CASE WHEN v_present IS NULL THEN 'CREATE USER MAPPING FOR CURRENT_USER SERVER %I OPTIONS (user %L, %I %L)'
                            ELSE 'ALTER USER MAPPING FOR CURRENT_USER SERVER %I OPTIONS (SET user %L, SET %I %L)' END,
                       v_server, username, split_part(v_wanted[2], '=', 1), substr(v_wanted[2], strpos(v_wanted[2], '=') + 1));
    EXCEPTION WHEN OTHERS THEN
        -- Its own context would quote the statement, and with it the password.
        RAISE EXCEPTION 'the login of role "%" could not be stored: %', username, SQLERRM USING ERRCODE = SQLSTATE;
    END;
    RETURN v_server;
END;
$body$;
COMMENT ON FUNCTION cron_engine.store_login(text, text) IS 'Keeps a password in a user mapping of the engine''s owner, or NULL: that the log-in of the session is to be passed on; the name of its foreign server is returned.';
