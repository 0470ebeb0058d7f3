CREATE OR REPLACE FUNCTION cron_engine.raise_deactivated(job_id bigint, reason text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- That it was activated in between may not have been noticed.
    PERFORM cron_engine.end_alarms(ARRAY(SELECT a.alarmid FROM cron.alarm a
                                          WHERE a.kind = 'deactivated' AND coalesce(a.jobid, 0) = job_id AND a.ended_at IS NULL), false, now);
    INSERT INTO cron.alarm (kind, severity, jobid, jobname, username, raised_at, message, details)
    SELECT 'deactivated', coalesce(r.severity, 'error'), r.jobid, r.jobname, r.username, now,
           concat(r.label, ' was deactivated: ', $2), jsonb_build_object('reason', $2)
      FROM cron_engine.effective_alarm r
     WHERE r.jobid = job_id AND r.deactivated
    ON CONFLICT DO NOTHING;
END;
$body$;
COMMENT ON FUNCTION cron_engine.raise_deactivated(bigint, text, timestamptz) IS 'Raises an alarm for a job that was deactivated because it failed.';
