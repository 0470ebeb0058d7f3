CREATE OR REPLACE FUNCTION cron.add_login(username text, password text DEFAULT NULL, via text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_server name;
BEGIN
    PERFORM cron_engine.require_login_right(username, via);
    IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = $1) THEN
        RAISE EXCEPTION 'role "%" does not exist', username USING ERRCODE = 'undefined_object';
    ELSIF (password IS NULL) = (via IS NULL) THEN
        RAISE EXCEPTION 'a login needs either a password or a role to log in as' USING ERRCODE = 'invalid_parameter_value';
    ELSIF via IS NOT NULL THEN
        PERFORM cron_engine.require_via(username, via);
    ELSE
        PERFORM cron_engine.test_login(username, password);
        v_server := cron_engine.store_login(username, password);
    END IF;
    INSERT INTO cron_engine.login AS l (username, via, server) VALUES ($1, $3, v_server)
    ON CONFLICT ON CONSTRAINT login_pkey DO UPDATE SET via = EXCLUDED.via, server = EXCLUDED.server
    WHERE (l.via, l.server) IS DISTINCT FROM (EXCLUDED.via, EXCLUDED.server);
END;
$body$;
COMMENT ON FUNCTION cron.add_login(text, text, text) IS 'Lets a role''s jobs run: with its password, or via another registered role that may SET ROLE to it. The login is tried before it is kept, as user mapping of the engine''s owner. A role may register itself; others need UPDATE on cron.job. Errors: 42704 no such role, 28000 the login is refused, 2F003 the server asks for no password, 08001 the server does not reach itself.';
