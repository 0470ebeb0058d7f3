CREATE OR REPLACE FUNCTION cron_engine.require_login_right(caller text, username text, via text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Who knows a role's password may register it for itself; to act through another role is for administrators.
    IF NOT (username = caller AND via IS NULL OR cron_engine.is_administrator(caller)) THEN
        RAISE EXCEPTION 'permission denied to register a login for role "%"', username USING ERRCODE = 'insufficient_privilege';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_login_right(text, text, text) IS 'Refuses callers who may not change the login of a role.';
