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

CREATE OR REPLACE FUNCTION cron.schedule_in_database(
    job_name text, schedule text, command text, database text, username text DEFAULT NULL::text, active boolean DEFAULT true)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_jobid bigint;
BEGIN
    PERFORM cron_engine.require_job_text(job_name, schedule, command);
    PERFORM cron_engine.parse_schedule(schedule);
    PERFORM cron_engine.require_may_schedule_for($5);
    INSERT INTO cron.job AS j (jobname, schedule, command, database, username, active)
    VALUES ($1, $2, $3, coalesce($4, current_database()), coalesce($5, cron_engine.caller()), coalesce($6, true))
    ON CONFLICT ON CONSTRAINT jobname_username_uniq DO UPDATE
    SET schedule = EXCLUDED.schedule, command = EXCLUDED.command, database = EXCLUDED.database
    RETURNING j.jobid INTO v_jobid;
    RETURN v_jobid;
END;
$body$;
COMMENT ON FUNCTION cron.schedule_in_database(text, text, text, text, text, boolean) IS 'schedule a pg_cron job';
