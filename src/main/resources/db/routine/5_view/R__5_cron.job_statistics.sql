-- A barrier, or a function in a caller's condition could be shown the rows of others before the view's own condition drops them.
CREATE OR REPLACE VIEW cron.job_statistics WITH (security_barrier) AS
SELECT j.jobid, j.jobname, j.username,
       count(d.runid)                                                                        AS runs,
       count(*) FILTER (WHERE d.status = 'succeeded')                                        AS succeeded,
       count(*) FILTER (WHERE d.status = 'failed')                                           AS failed,
       count(*) FILTER (WHERE d.status = 'skipped')                                          AS skipped,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY d.end_time - d.start_time) FILTER (WHERE d.status = 'succeeded')  AS duration_p50,
       percentile_disc(0.95) WITHIN GROUP (ORDER BY d.end_time - d.start_time) FILTER (WHERE d.status = 'succeeded') AS duration_p95,
       max(d.end_time - d.start_time) FILTER (WHERE d.status = 'succeeded')                  AS duration_max,
       max(d.end_time) FILTER (WHERE d.status = 'succeeded')                                 AS last_success,
       max(d.end_time) FILTER (WHERE d.status = 'failed')                                    AS last_failure
  FROM cron.job j
  LEFT JOIN cron.job_run_details d USING (jobid)
 -- A view reads with its owner's rights, which row-level security does not touch.
 WHERE j.username = CURRENT_USER OR (SELECT cron_engine.is_administrator(CURRENT_USER::text))
 GROUP BY j.jobid;
COMMENT ON VIEW cron.job_statistics IS 'Per job, of the runs that are in the history; only one''s own jobs.';
COMMENT ON COLUMN cron.job_statistics.jobid IS 'The job.';
COMMENT ON COLUMN cron.job_statistics.jobname IS 'Its name.';
COMMENT ON COLUMN cron.job_statistics.username IS 'Its role.';
COMMENT ON COLUMN cron.job_statistics.runs IS 'Runs in the history, whatever their status.';
COMMENT ON COLUMN cron.job_statistics.succeeded IS 'Runs that succeeded.';
COMMENT ON COLUMN cron.job_statistics.failed IS 'Runs that failed.';
COMMENT ON COLUMN cron.job_statistics.skipped IS 'Fires that led to no run.';
COMMENT ON COLUMN cron.job_statistics.duration_p50 IS 'Half of the successful runs took no longer.';
COMMENT ON COLUMN cron.job_statistics.duration_p95 IS 'Of the successful runs 95 in 100 took no longer.';
COMMENT ON COLUMN cron.job_statistics.duration_max IS 'The longest successful run.';
COMMENT ON COLUMN cron.job_statistics.last_success IS 'When the last successful run ended.';
COMMENT ON COLUMN cron.job_statistics.last_failure IS 'When the last failed run ended.';
