CREATE OR REPLACE FUNCTION cron_engine.is_administrator(role_name text)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- pg_has_role says yes for every superuser. No privilege on a table makes an administrator: GRANT … ON ALL TABLES is soon said.
    SELECT pg_has_role(role_name, n.nspowner, 'MEMBER') FROM pg_namespace n WHERE n.nspname = 'cron_engine'
$body$;
COMMENT ON FUNCTION cron_engine.is_administrator(text) IS 'Whether a role rules the scheduler and everybody''s jobs: a superuser, the engine''s owner, or a member of that role.';
