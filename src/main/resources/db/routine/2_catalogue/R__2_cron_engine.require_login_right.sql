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
