CREATE OR REPLACE FUNCTION cron.rerun(runid bigint, note text DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_run  record;
    v_job  cron_engine.effective_job;
    v_note text := concat_ws(': ', 'asked for by ' || cron_engine.caller(), note);
BEGIN
    SELECT d.jobid, d.username, d.database, d.command INTO v_run FROM cron.job_run_details d WHERE d.runid = $1;
    PERFORM cron_engine.require_own(v_run.username, format('Run %s', $1));
    SELECT e.* INTO v_job FROM cron_engine.effective_job e WHERE e.jobid = v_run.jobid AND e.username = v_run.username;
    -- What ran then runs again, even if the job has changed since; how it runs is the job's present business.
    RETURN cron_engine.queue_run(v_run.jobid, v_run.username, v_run.database, v_run.command,
        (SELECT coalesce(l.via, l.username) FROM cron_engine.login l WHERE l.username = v_run.username),
        coalesce(v_job.priority, 0), coalesce(v_job.overlap = 'allow', true),
        CASE WHEN v_run.database <> current_database() OR v_job.remote_nodename IS NOT NULL THEN true
             WHEN v_job.command = v_run.command THEN v_job.top_level END,
        v_job.timeout, v_job.job_group, coalesce(v_job.plain, true), v_job.remote_nodename, v_job.remote_nodeport,
        CASE WHEN v_run.database <> current_database() OR v_job.remote_nodename IS NOT NULL THEN v_run.database END,
        'manual', 1, $1, v_note, NULL, clock_timestamp());
END;
$body$;
COMMENT ON FUNCTION cron.rerun(bigint, text) IS
    'Runs the command of a past run again, and returns the new runid; its origin_runid is the past one. Error P0002 for a run that does not exist or is another''s.';
