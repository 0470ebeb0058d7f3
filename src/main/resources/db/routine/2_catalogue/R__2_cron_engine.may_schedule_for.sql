CREATE OR REPLACE FUNCTION cron_engine.may_schedule_for(role_name text)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- The engine's owner holds the logins of all; anyone else needs to be a member that may SET ROLE, as superusers always may.
    SELECT cron_engine.caller() = CURRENT_USER
           OR EXISTS (SELECT FROM pg_roles r
                       WHERE r.rolname = role_name
                         AND pg_has_role(cron_engine.caller(), r.oid,
                                         CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END))
$body$;
COMMENT ON FUNCTION cron_engine.may_schedule_for(text) IS 'Whether the caller of a SECURITY DEFINER function may make jobs that run as this role.';
