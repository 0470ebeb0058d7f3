CREATE OR REPLACE FUNCTION cron_engine.prune_runs(ended cron_engine.ended_run[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    DELETE FROM cron.job_run_details d
     WHERE d.runid IN (SELECT l.runid
                         FROM unnest(ended) e
                         JOIN cron_engine.effective_job j ON j.jobid = e.jobid
                         JOIN cron.job_run_details l ON l.runid = e.runid
                        WHERE j.log_level = 'none' OR j.log_level = 'failures' AND e.status <> 'failed'
                          FOR UPDATE OF l SKIP LOCKED);
END;
$body$;
COMMENT ON FUNCTION cron_engine.prune_runs(cron_engine.ended_run[]) IS 'Removes runs that their job''s log_level does not want.';
