CREATE OR REPLACE FUNCTION cron_engine.require_open_role(role_name text, database text)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_role record;
BEGIN
    SELECT r.oid, r.rolcanlogin INTO v_role FROM pg_roles r WHERE r.rolname = role_name;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'role "%" does not exist', role_name USING ERRCODE = 'invalid_authorization_specification';
    ELSIF NOT v_role.rolcanlogin THEN
        RAISE EXCEPTION 'role "%" is not permitted to log in', role_name USING ERRCODE = 'invalid_authorization_specification';
    ELSIF EXISTS (SELECT FROM pg_database d WHERE d.datname = database AND NOT has_database_privilege(v_role.oid, d.oid, 'CONNECT')) THEN
        RAISE EXCEPTION 'permission denied for database "%"', database
            USING ERRCODE = 'insufficient_privilege', DETAIL = 'User does not have CONNECT privilege.';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_open_role(text, text) IS
    'Refuses a role that could not log in, for a job that reaches it by SET ROLE: who takes the login from a role stops its jobs.';
