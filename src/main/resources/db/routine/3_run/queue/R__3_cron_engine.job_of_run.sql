CREATE OR REPLACE FUNCTION cron_engine.job_of_run(run bigint)
RETURNS cron_engine.effective_job
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_run record;
    v_job cron_engine.effective_job;
BEGIN
    SELECT d.jobid, d.username, d.database, d.command, cron_engine.ran_at_home(d.database, d.runid) AS at_home INTO v_run
      FROM cron.job_run_details d WHERE d.runid = run;
    SELECT e.* INTO v_job FROM cron_engine.effective_job e WHERE e.jobid = v_run.jobid AND e.username = v_run.username;
    IF v_job.jobid IS NULL THEN
        v_job := cron_engine.job_of_command(v_run.username, CASE WHEN v_run.at_home THEN current_database() ELSE v_run.database END, v_run.command);
        v_job.jobid := v_run.jobid;
        RETURN v_job;
    END IF;
    -- Elsewhere it ran where it ran; here, by whatever name this database had.
    IF NOT v_run.at_home OR v_job.remote_nodename IS NOT NULL THEN
        v_job.remote_database := v_run.database;
        v_job.top_level := true;
    ELSIF v_job.remote_database IS NOT NULL OR v_job.command <> v_run.command THEN
        v_job.remote_database := NULL;
        -- What was learnt of another command, or follows from another database, says nothing of this one.
        v_job.top_level := (SELECT NOT o.transactional FROM cron.job_options o WHERE o.jobid = v_run.jobid);
    END IF;
    v_job.database := coalesce(v_job.remote_database, current_database());
    v_job.command := v_run.command;
    RETURN v_job;
END;
$body$;
COMMENT ON FUNCTION cron_engine.job_of_run(bigint) IS
    'How a run of the history is to run again: its own command, in the way its job runs now; as cron_engine.job_of_command() if the job is gone or another role''s.';
