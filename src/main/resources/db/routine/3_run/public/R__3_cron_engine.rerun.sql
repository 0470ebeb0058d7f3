CREATE OR REPLACE FUNCTION cron_engine.rerun(caller text, runid bigint, note text)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_run record;
    v_job cron_engine.effective_job;
BEGIN
    PERFORM cron_engine.require_bounds(NULL, NULL, note);
    SELECT d.jobid, d.username, d.database, d.command, cron_engine.ran_at_home(d.database, d.runid) AS at_home INTO v_run
      FROM cron.job_run_details d WHERE d.runid = $2;
    PERFORM cron_engine.require_own(caller, v_run.username, format('Run %s', $2));
    SELECT e.* INTO v_job FROM cron_engine.effective_job e WHERE e.jobid = v_run.jobid AND e.username = v_run.username;
    -- What ran then runs again, even if the job has changed since; how it runs is the job's present business.
    RETURN cron_engine.queue_run(
        jobid => v_run.jobid,
        username => v_run.username,
        database => CASE WHEN v_run.at_home AND v_job.remote_nodename IS NULL THEN current_database() ELSE v_run.database END,
        command => v_run.command,
        login => (SELECT coalesce(l.via, l.username) FROM cron_engine.login l WHERE l.username = v_run.username),
        priority => coalesce(v_job.priority, 0),
        may_overlap => coalesce(v_job.overlap = 'allow', true),
        top_level => CASE WHEN NOT v_run.at_home OR v_job.remote_nodename IS NOT NULL THEN true
                          WHEN v_job.command = v_run.command THEN v_job.top_level END,
        timeout => v_job.timeout,
        job_group => v_job.job_group,
        plain => coalesce(v_job.plain, true),
        remote_nodename => v_job.remote_nodename,
        remote_nodeport => v_job.remote_nodeport,
        remote_database => CASE WHEN NOT v_run.at_home OR v_job.remote_nodename IS NOT NULL THEN v_run.database END,
        trigger => 'manual', attempt => 1, origin_runid => $2, note => concat_ws(': ', 'asked for by ' || caller, note),
        not_before => NULL, now => clock_timestamp());
END;
$body$;
COMMENT ON FUNCTION cron_engine.rerun(text, bigint, text) IS 'Queues the command of a past run again for the caller. Returns the new runid.';
