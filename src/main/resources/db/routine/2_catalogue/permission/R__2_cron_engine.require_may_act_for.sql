CREATE OR REPLACE FUNCTION cron_engine.require_may_act_for(caller text, role_name text, refusal text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- pg_cron asks for a superuser; where there is none, being able to SET ROLE is what makes one able to act for a role. An administrator
    -- can by way of the engine's owner, which holds the logins of all.
    IF role_name IS NULL OR role_name = caller OR cron_engine.is_administrator(caller)
       OR EXISTS (SELECT FROM pg_roles r
                   WHERE r.rolname = role_name
                         AND pg_has_role(caller, r.oid, CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END))
    THEN
        RETURN;
    END IF;
    RAISE EXCEPTION '%', refusal USING ERRCODE = 'insufficient_privilege', HINT = format('Become a member of role %I.', role_name);
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_may_act_for(text, text, text) IS 'Refuses callers who may not make jobs that run as this role, in the given words.';
