CREATE OR REPLACE FUNCTION cron_engine.raise_failures(final cron_engine.ended_run[], now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM unnest(final) f WHERE f.status = 'failed' AND NOT f.canceled) THEN
        RETURN;
    END IF;
    INSERT INTO cron.alarm (kind, severity, jobid, jobname, username, runid, raised_at, message, details)
    SELECT DISTINCT ON (f.jobid) 'failed', coalesce(r.severity, 'error'), r.jobid, r.jobname, r.username, f.runid, now,
           concat(r.label, ' failed', ' (' || e.sqlstate || ')', ': ' || nullif(left(split_part(regexp_replace(e.return_message, '^ERROR: +', ''), E'\n', 1), 300), ''),
                  CASE WHEN e.attempt > 1 THEN format('; that was attempt %s', e.attempt) END),
           jsonb_strip_nulls(jsonb_build_object('sqlstate', e.sqlstate, 'attempt', e.attempt, 'scheduledTime', e.scheduled_time))
      FROM unnest(final) f
      JOIN cron_engine.effective_alarm r ON r.jobid = f.jobid
      LEFT JOIN cron.job_run_details d ON d.runid = f.runid
      -- Of a retry that was skipped it is the failure before it.
      LEFT JOIN cron.job_run_details e ON e.runid = CASE WHEN d.status = 'skipped' THEN d.origin_runid ELSE d.runid END
     WHERE f.status = 'failed' AND NOT f.canceled AND r.failed
           AND NOT EXISTS (SELECT FROM cron.alarm a WHERE a.kind = 'failed' AND coalesce(a.jobid, 0) = f.jobid AND a.ended_at IS NULL)
     ORDER BY f.jobid, f.runid
    ON CONFLICT DO NOTHING;
END;
$body$;
COMMENT ON FUNCTION cron_engine.raise_failures(cron_engine.ended_run[], timestamptz) IS
    'Raises an alarm for each job with a run among those that failed for good, unless one goes on.';
