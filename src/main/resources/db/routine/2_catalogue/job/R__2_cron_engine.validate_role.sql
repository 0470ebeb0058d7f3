CREATE OR REPLACE FUNCTION cron_engine.validate_role(role_name text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_role record;
BEGIN
    SELECT r.rolcanlogin, r.rolsuper INTO v_role FROM pg_roles r WHERE r.rolname = role_name;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'role "%" does not exist', role_name USING ERRCODE = 'undefined_object', COLUMN = 'username';
    END IF;
    IF NOT v_role.rolcanlogin THEN
        RAISE EXCEPTION 'role "%" can not log in', role_name
            USING ERRCODE = 'invalid_authorization_specification',
                  DETAIL = 'Jobs may only be run by roles that have the LOGIN attribute.', COLUMN = 'username';
    END IF;
    IF v_role.rolsuper AND NOT (SELECT s.enable_superuser_jobs FROM cron.settings s) THEN
        RAISE EXCEPTION 'cannot schedule jobs as superuser'
            USING ERRCODE = 'insufficient_privilege',
                  DETAIL = 'Scheduling jobs as superuser is disallowed when cron.enable_superuser_jobs is set to off.';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.validate_role(text) IS 'Refuses a role that cannot own jobs.';
