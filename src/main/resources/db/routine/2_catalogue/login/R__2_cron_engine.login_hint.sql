CREATE OR REPLACE FUNCTION cron_engine.login_hint(role_name text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT format('Register it once with SELECT cron.add_login(%L, <its password>).', role_name)
$body$;
COMMENT ON FUNCTION cron_engine.login_hint(text) IS 'What to do about a role whose jobs cannot run.';
