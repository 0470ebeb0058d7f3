CREATE OR REPLACE FUNCTION cron_engine.restore_runs(runids bigint[], now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Of a job that was unscheduled since.
    UPDATE cron.job_run_details d
       SET status = 'skipped', start_time = now, end_time = now, return_message = 'job unscheduled'
     WHERE d.runid = ANY (runids) AND d.status = 'queued' AND d.jobid IS NOT NULL AND NOT EXISTS (SELECT FROM cron.job j WHERE j.jobid = d.jobid);
    INSERT INTO cron_engine.queue
    SELECT k.*
      FROM cron_engine.saved_run k
      JOIN cron.job_run_details d USING (runid)
     WHERE k.runid = ANY (runids) AND d.status IN ('queued', 'running')
    ON CONFLICT DO NOTHING;
    -- Fires: how they are to run is told by their jobs.
    INSERT INTO cron_engine.queue (runid, jobid, login, username, priority, ready, may_overlap, top_level, start_before, timeout, job_group, plain,
                                   nodename, nodeport, database)
    SELECT d.runid, d.jobid, coalesce(e.login, d.username), d.username, coalesce(e.priority, 0), false, coalesce(e.overlap = 'allow', true),
           CASE WHEN e.jobid IS NULL AND NOT h.at_home THEN true ELSE e.top_level END,
           d.scheduled_time + coalesce(cron_engine.jitter(d.jobid, e.jitter), '0') + e.start_deadline, e.timeout, e.job_group,
           coalesce(e.plain, true), e.remote_nodename, e.remote_nodeport,
           CASE WHEN e.jobid IS NOT NULL THEN e.remote_database WHEN NOT h.at_home THEN d.database END
      FROM cron.job_run_details d
     CROSS JOIN LATERAL (SELECT cron_engine.ran_at_home(d.database, d.runid) AS at_home) h
      LEFT JOIN cron_engine.effective_job e
             ON e.jobid = d.jobid AND e.username = d.username
                AND (e.database = d.database OR h.at_home AND e.database = current_database())
     WHERE d.runid = ANY (runids) AND d.status IN ('queued', 'running')
    ON CONFLICT DO NOTHING;
    -- All sessions are gone. A process id that nobody has lets the daemon find the runs that were lost with them. One that was claimed
    -- since it was kept, if ever, was claimed once more than it says, and had not yet sent anything to a top level. One that had only just
    -- begun nobody knows of: it may be what crashed the server, as any of them may.
    UPDATE cron_engine.queue q
       SET careful = true, ready = d.status = 'running',
           waits_for = CASE WHEN d.status = 'queued' AND q.claims >= 2 THEN 'last try' END,
           pid = CASE WHEN d.status = 'running' THEN 0 END,
           claims = q.claims + (d.status = 'running' AND q.pid IS NULL)::integer,
           -- The time that the server was down is not the run's.
           started_at = NULL,
           connect_before = CASE WHEN d.status = 'running' AND q.pid IS NULL THEN 'infinity' ELSE q.connect_before END
      FROM cron.job_run_details d
     WHERE q.runid = ANY (runids) AND d.runid = q.runid;
    RETURN cardinality(runids);
END;
$body$;
COMMENT ON FUNCTION cron_engine.restore_runs(bigint[], timestamptz) IS
    'Puts those of the given runs into the queue anew that had not ended when the server crashed, and skips those whose job is gone. For cron_engine.do_each().';
