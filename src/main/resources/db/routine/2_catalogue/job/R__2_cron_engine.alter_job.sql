CREATE OR REPLACE FUNCTION cron_engine.alter_job(
    caller text, job_id bigint, schedule text, command text, database text, username text, active boolean)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.required('job_id', job_id::text);
    PERFORM cron_engine.require_own(caller, (SELECT j.username FROM cron.job j WHERE j.jobid = job_id), format('Job %s', job_id));
    IF num_nonnulls(schedule, command, database, username, active) = 0 THEN
        RAISE EXCEPTION 'no updates specified'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'You must specify at least one job attribute to change when calling alter_job';
    END IF;
    PERFORM cron_engine.require_may_act_for(caller, username, 'must be superuser to alter username');
    UPDATE cron.job j
       SET schedule = coalesce($3, j.schedule), command = coalesce($4, j.command), database = coalesce($5, j.database),
           username = coalesce($6, j.username), active = coalesce($7, j.active)
     WHERE j.jobid = job_id;
    -- Who deactivates what the scheduler has deactivated wants it to stay so.
    IF NOT active THEN
        DELETE FROM cron_engine.deactivation d WHERE d.jobid = job_id;
        PERFORM cron_engine.note_pause(job_id) WHERE FOUND;
    END IF;
    RETURN true;
END;
$body$;
COMMENT ON FUNCTION cron_engine.alter_job(text, bigint, text, text, text, text, boolean) IS
    'Changes a job of the caller''s, or for an administrator anybody''s; NULL leaves a column as it is.';
