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
    INSERT INTO cron_engine.queue
    SELECT e.*
      FROM cron.job_run_details d
      -- The usual case, a job that is as it was, without a call for each.
      LEFT JOIN cron_engine.effective_job u ON u.jobid = d.jobid AND u.username = d.username AND u.database = d.database AND u.command = d.command
     CROSS JOIN LATERAL (SELECT CASE WHEN u.jobid IS NULL THEN cron_engine.job_of_run(d.runid) ELSE u END AS job OFFSET 0) j
     CROSS JOIN LATERAL cron_engine.entry_of(
                            j.job, d.runid,
                            start_before => d.scheduled_time + coalesce(cron_engine.jitter(d.jobid, (j.job).jitter), '0') + (j.job).start_deadline) e
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
    'Puts those of the given runs into the queue again that had not ended when the server crashed, and skips those whose job is gone. For cron_engine.do_each().';
