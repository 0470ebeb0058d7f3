CREATE OR REPLACE FUNCTION cron_engine.warn_of_login(role_name text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM cron_engine.login l WHERE l.username = role_name) THEN
        RAISE WARNING 'no login is registered for role "%", its jobs will fail', role_name
            USING HINT = cron_engine.login_hint(role_name);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.warn_of_login(text) IS 'Warns of a role whose jobs cannot run yet.';
