CREATE OR REPLACE FUNCTION cron_engine.follow_runs(final cron_engine.ended_run[], now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM CASE WHEN o.valid_until <= now THEN cron_engine.deactivate(j.jobid, 'expired', 'no fire is left before valid_until', now)::integer
                 ELSE cron_engine.enqueue(j.jobid, 'after', 1, f.runid, NULL, NULL, now) END
      FROM unnest(final) f
      JOIN cron.job e ON e.jobid = f.jobid
      JOIN cron_engine.timer t ON (t.schedule).after_job = e.jobname
                                  AND ((t.schedule).after_outcome = 'any'
                                       OR (t.schedule).after_outcome = CASE f.status WHEN 'succeeded' THEN 'success' WHEN 'failed' THEN 'failure' END)
      JOIN cron.job j ON j.jobid = t.jobid AND j.username = e.username AND j.active
      LEFT JOIN cron.job_options o ON o.jobid = j.jobid
     WHERE f.status IN ('succeeded', 'failed')
           AND (o.valid_from IS NULL OR o.valid_from <= now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.follow_runs(cron_engine.ended_run[], timestamptz) IS 'Queues the jobs that run after those that ended.';
