CREATE OR REPLACE FUNCTION cron_engine.schedule_job(
    caller text, job_name text, schedule text, command text, database text, username text, active boolean)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_username text := coalesce($6, caller);
    v_database text := coalesce($5, current_database());
    v_jobid    bigint;
BEGIN
    -- All of it before the sequence is asked, so that what is refused costs no number. The order is pg_cron's.
    PERFORM cron_engine.required('schedule', schedule), cron_engine.required('command', command);
    PERFORM cron_engine.parse_schedule(schedule);
    PERFORM cron_engine.require_may_act_for(caller, v_username, 'must be superuser to create a job for another role');
    PERFORM cron_engine.validate_role(v_username);
    PERFORM cron_engine.validate_database(v_username, v_database);
    -- As in pg_cron, a name that is taken keeps its active, nodename and nodeport, and costs one value of the sequence.
    INSERT INTO cron.job AS j (jobname, schedule, command, database, username, active)
    VALUES ($2, $3, $4, v_database, v_username, coalesce($7, true))
    ON CONFLICT ON CONSTRAINT jobname_username_uniq DO UPDATE
    SET schedule = EXCLUDED.schedule, command = EXCLUDED.command, database = EXCLUDED.database,
        -- What the scheduler itself had deactivated is wanted again.
        active = j.active OR EXCLUDED.active AND EXISTS (SELECT FROM cron_engine.deactivation d WHERE d.jobid = j.jobid)
    RETURNING j.jobid INTO v_jobid;
    RETURN v_jobid;
END;
$body$;
COMMENT ON FUNCTION cron_engine.schedule_job(text, text, text, text, text, text, boolean) IS
    'Makes a job for the caller or, where it may act for that role, for username; one of the same name gets the new schedule, command and database. Returns the jobid.';
