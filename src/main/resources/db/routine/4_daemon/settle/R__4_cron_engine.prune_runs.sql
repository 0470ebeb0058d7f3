CREATE OR REPLACE FUNCTION cron_engine.prune_runs(ended cron_engine.ended_run[], now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_unwanted bigint[] := ARRAY(SELECT l.runid
                                   FROM unnest(ended) e
                                   JOIN cron_engine.effective_job j ON j.jobid = e.jobid
                                   JOIN cron.job_run_details l ON l.runid = e.runid
                                  WHERE j.log_level = 'none' OR j.log_level = 'failures' AND e.status <> 'failed'
                                    FOR UPDATE OF l SKIP LOCKED);
BEGIN
    IF v_unwanted <> '{}' THEN
        PERFORM cron_engine.count_runs(now);
        DELETE FROM cron.job_run_details d WHERE d.runid = ANY (v_unwanted);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.prune_runs(cron_engine.ended_run[], timestamptz) IS 'Removes runs that their job''s log_level does not want.';
