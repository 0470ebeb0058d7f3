CREATE OR REPLACE FUNCTION cron_engine.require_may_schedule_for(role_name text)
RETURNS void
LANGUAGE plpgsql STRICT
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- pg_cron asks for a superuser; where there is none, membership in the role is what makes one able to act for it.
    IF NOT cron_engine.may_schedule_for(role_name) THEN
        PERFORM cron_engine.validate_role(role_name);
        RAISE EXCEPTION 'must be superuser to create a job for another role'
            USING ERRCODE = 'insufficient_privilege', HINT = format('Become a member of role %I.', role_name);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_may_schedule_for(text) IS 'Refuses callers who may not make jobs that run as this role.';
