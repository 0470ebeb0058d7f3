CREATE OR REPLACE FUNCTION cron_engine.forget_lasting()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET jit = off
AS $body$
DECLARE
    v_after  bigint := coalesce(nullif(current_setting('cronlink.lasting_after', true), '')::bigint, 0);
    v_jobids bigint[] := ARRAY(SELECT s.jobid FROM cron_engine.job_state s WHERE s.jobid > v_after AND s.lasting ORDER BY s.jobid LIMIT 100);
BEGIN
    -- A part of them each time, then the next one. One run that was held up for a moment does not make a quick job a lasting one for ever.
    PERFORM set_config('cronlink.lasting_after', coalesce(v_jobids[100], 0)::text, false);
    UPDATE cron_engine.job_state s SET lasting = false
     WHERE s.jobid = ANY (v_jobids)
           AND (SELECT count(*) = 5 AND max(r.end_time - r.start_time) < cron_engine.lasting_run()
                  FROM (SELECT d.start_time, d.end_time FROM cron.job_run_details d
                         -- Not an equality, for which the planner would as soon read the whole history backwards.
                         WHERE d.jobid BETWEEN s.jobid AND s.jobid AND d.end_time IS NOT NULL
                         ORDER BY d.jobid DESC, d.runid DESC LIMIT 5) r);
END;
$body$;
COMMENT ON FUNCTION cron_engine.forget_lasting() IS 'Takes jobs whose last five runs were quick for quick ones again: a hundred at a time.';
