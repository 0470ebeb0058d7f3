CREATE OR REPLACE FUNCTION cron_engine.enqueue(
    job_id bigint, trigger text, attempt integer, origin_runid bigint, note text, not_before timestamptz, now timestamptz)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_job   cron_engine.effective_job;
    v_runid bigint;
BEGIN
    SELECT e.* INTO STRICT v_job FROM cron_engine.effective_job e WHERE e.jobid = job_id;
    INSERT INTO cron.job_run_details AS d (jobid, database, username, command, status, queued_time, trigger, attempt, origin_runid, note)
    VALUES (job_id, v_job.database, v_job.username, v_job.command, 'queued', now, $2, $3, $4, $5)
    RETURNING d.runid INTO v_runid;
    -- Not ready: only the daemon says when a run may start, because only it sees all of them.
    INSERT INTO cron_engine.queue (runid, jobid, login, username, priority, ready, overlap, top_level, not_before, timeout, job_group,
                                   nodename, nodeport, database)
    VALUES (v_runid, job_id, coalesce(v_job.login, v_job.username), v_job.username, v_job.priority, false, v_job.overlap = 'allow',
            v_job.top_level, $6, v_job.timeout, v_job.job_group,
            v_job.remote_nodename, v_job.remote_nodeport, v_job.remote_database);
    RETURN v_runid;
END;
$body$;
COMMENT ON FUNCTION cron_engine.enqueue(bigint, text, integer, bigint, text, timestamptz, timestamptz) IS
    'Queues one run of a job outside its schedule: by hand, as a retry, after another job. Returns its runid.';
