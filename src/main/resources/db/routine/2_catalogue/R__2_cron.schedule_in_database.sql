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
