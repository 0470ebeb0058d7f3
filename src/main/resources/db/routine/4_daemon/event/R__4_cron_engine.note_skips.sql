CREATE OR REPLACE FUNCTION cron_engine.note_skips(skips json)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_runids bigint[];
    v_jobids bigint[];
    v_status text[];
BEGIN
    -- Here, as not all of them are in the history.
    INSERT INTO cron_engine.run_count AS c (kind, label, trigger, bucket, runs, seconds)
    SELECT 'run', 'skipped', s.trigger, 0, count(*), 0 FROM json_to_recordset(skips) s (trigger text) GROUP BY s.trigger
    UNION ALL
    SELECT 'skip', cron_engine.skip_cause(s.reason) AS cause, '', 0, count(*), 0 FROM json_to_recordset(skips) s (reason text) GROUP BY cause
    ON CONFLICT ON CONSTRAINT run_count_pkey DO UPDATE SET runs = c.runs + EXCLUDED.runs;
    SELECT array_agg(s.runid), array_agg(s.jobid), array_agg('skipped'::text) INTO v_runids, v_jobids, v_status
      FROM json_to_recordset(skips) s (runid bigint, jobid bigint);
    PERFORM cron_engine.log_event('skips', v_runids, v_jobids, v_status);
    PERFORM cron_engine.notify_runs(v_runids, v_jobids, v_status);
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_skips(json) IS
    'Counts fires that led to no run, and tells of them: a JSON array of objects with runid, jobid, trigger and reason.';
