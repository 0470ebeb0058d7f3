CREATE OR REPLACE FUNCTION cron_engine.prune_runs(ended cron_engine.ended_run[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_keep integer := (SELECT s.keep_runs_per_job FROM cron.settings s);
BEGIN
    DELETE FROM cron.job_run_details d
     WHERE d.runid IN (SELECT l.runid
                         FROM unnest(ended) e
                         JOIN cron_engine.effective_job j ON j.jobid = e.jobid
                         JOIN cron.job_run_details l ON l.runid = e.runid
                        WHERE j.log_level = 'none' OR j.log_level = 'failures' AND e.status <> 'failed'
                          FOR UPDATE OF l SKIP LOCKED);
    IF v_keep IS NOT NULL THEN
        DELETE FROM cron.job_run_details d
         WHERE d.runid IN (SELECT l.runid
                             FROM (SELECT DISTINCT e.jobid FROM unnest(ended) e WHERE e.jobid IS NOT NULL) e
                             JOIN cron.job_run_details l ON l.jobid = e.jobid
                            WHERE l.end_time IS NOT NULL
                                  AND l.runid <= (SELECT o.runid FROM cron.job_run_details o
                                                   WHERE o.jobid = e.jobid ORDER BY o.runid DESC OFFSET v_keep LIMIT 1)
                            ORDER BY l.runid
                            -- A tick is short: what is left of a long history follows as further runs end.
                            LIMIT 1000
                              FOR UPDATE OF l SKIP LOCKED);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.prune_runs(cron_engine.ended_run[]) IS 'Removes runs that their job''s log_level does not want, and those beyond keep_runs_per_job.';
