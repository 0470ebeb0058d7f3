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
