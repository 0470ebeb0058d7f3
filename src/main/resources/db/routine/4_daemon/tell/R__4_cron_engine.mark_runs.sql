CREATE OR REPLACE FUNCTION cron_engine.mark_runs(runids bigint[], now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_runids bigint[];
    v_jobids bigint[];
    v_status text[];
BEGIN
    -- Whose row somebody has locked, it may be the worker that records its end, comes the next time.
    SELECT array_agg(l.runid), array_agg(l.jobid), array_agg('running'::text) INTO v_runids, v_jobids, v_status
      FROM (SELECT d.runid, d.jobid FROM cron.job_run_details d WHERE d.runid = ANY (runids) FOR UPDATE SKIP LOCKED) l;
    UPDATE cron.job_run_details d
       SET status = 'running', job_pid = q.pid, start_time = q.started_at
      FROM cron_engine.queue q
     WHERE q.runid = ANY (v_runids) AND q.pid IS NOT NULL AND d.runid = q.runid AND d.status = 'queued';
    IF v_runids IS NOT NULL THEN
        PERFORM cron_engine.log_event('runs', v_runids, v_jobids, v_status);
        PERFORM cron_engine.notify_runs(v_runids, v_jobids, v_status);
    END IF;
    INSERT INTO cron_engine.job_state AS s (jobid, lasting)
    SELECT DISTINCT u.jobid, true FROM unnest(v_jobids) u (jobid)
     WHERE u.jobid IS NOT NULL AND NOT EXISTS (SELECT FROM cron_engine.job_state k WHERE k.jobid = u.jobid AND k.lasting)
    ON CONFLICT ON CONSTRAINT job_state_pkey DO UPDATE SET lasting = true;
    RETURN coalesce(cardinality(v_runids), 0);
END;
$body$;
COMMENT ON FUNCTION cron_engine.mark_runs(bigint[], timestamptz) IS
    'Records that the given runs are under way, those of them that still are, remembers that their jobs'' runs last, and notifies of them. Returns of how many. For cron_engine.do_each().';
