CREATE OR REPLACE FUNCTION cron_engine.prune_jobs(jobids bigint[], now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_keep integer := (SELECT s.keep_runs_per_job FROM cron.settings s);
BEGIN
    IF v_keep IS NOT NULL THEN
        PERFORM cron_engine.count_runs(now);
        DELETE FROM cron.job_run_details d
         WHERE d.runid IN (SELECT l.runid
                             FROM (SELECT DISTINCT e.jobid FROM unnest(jobids) e (jobid) WHERE e.jobid IS NOT NULL) e
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
COMMENT ON FUNCTION cron_engine.prune_jobs(bigint[], timestamptz) IS 'Removes runs of these jobs beyond keep_runs_per_job.';
