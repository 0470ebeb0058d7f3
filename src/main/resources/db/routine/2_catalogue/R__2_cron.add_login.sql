CREATE OR REPLACE FUNCTION cron_engine.login_hint(role_name text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT format('Register it once with SELECT cron.add_login(%L, <its password>).', role_name)
$body$;
COMMENT ON FUNCTION cron_engine.login_hint(text) IS 'What to do about a role whose jobs cannot run.';

CREATE OR REPLACE FUNCTION cron_engine.require_login_right(username text, via text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Who knows a role's password may register it for itself; to act through another role is for those who hold the engine.
    IF NOT (has_table_privilege(cron_engine.caller(), 'cron.job', 'UPDATE') OR username = cron_engine.caller() AND via IS NULL) THEN
        RAISE EXCEPTION 'permission denied to register a login for role "%"', username USING ERRCODE = 'insufficient_privilege';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_login_right(text, text) IS 'Refuses callers who may not change the login of a role.';

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

CREATE OR REPLACE FUNCTION cron_engine.require_via(username text, via text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM cron_engine.login l WHERE l.username = $2 AND l.server IS NOT NULL) THEN
        RAISE EXCEPTION 'no login is registered for role "%"', via
            USING ERRCODE = 'undefined_object', HINT = cron_engine.login_hint(via);
    ELSIF NOT pg_has_role(via, username, 'MEMBER') THEN
        RAISE EXCEPTION 'role "%" is not a member of role "%"', via, username
            USING ERRCODE = 'invalid_role_specification', HINT = format('GRANT %I TO %I', username, via);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_via(text, text) IS 'Refuses a way in that could not lead to the role.';
