CREATE OR REPLACE FUNCTION cron_engine.add_login(caller text, username text, password text, via text)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_server name;
BEGIN
    PERFORM cron_engine.require_login_right(caller, username, via);
    IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = $2) THEN
        RAISE EXCEPTION 'role "%" does not exist', username USING ERRCODE = 'undefined_object';
    ELSIF (password IS NULL) = (via IS NULL) THEN
        RAISE EXCEPTION 'a login needs either a password or a role to log in as' USING ERRCODE = 'invalid_parameter_value';
    ELSIF via IS NOT NULL THEN
        PERFORM cron_engine.require_via(username, via);
    ELSE
        PERFORM cron_engine.test_login(username, password);
        v_server := cron_engine.store_login(username, password);
    END IF;
    PERFORM cron_engine.note_login(username, via, v_server);
    RETURN true;
END;
$body$;
COMMENT ON FUNCTION cron_engine.add_login(text, text, text, text) IS 'Keeps a role''s login for the caller, after trying it.';
