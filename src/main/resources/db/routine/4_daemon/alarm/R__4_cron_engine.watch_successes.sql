CREATE OR REPLACE FUNCTION cron_engine.watch_successes(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET jit = off
AS $body$
BEGIN
    IF EXISTS (SELECT FROM cron_engine.success_watch) THEN
        -- An inactive job is to succeed no sooner than it is active again: it then begins anew.
        DELETE FROM cron_engine.success_watch w
         WHERE NOT EXISTS (SELECT FROM cron_engine.effective_alarm r WHERE r.jobid = w.jobid AND r.active AND r.no_success_for IS NOT NULL);
        PERFORM cron_engine.end_alarms(ARRAY[a.alarmid], w.last_success > a.raised_at, now)
           FROM cron.alarm a
           LEFT JOIN cron_engine.success_watch w USING (jobid)
          WHERE a.kind = 'no_success' AND a.ended_at IS NULL AND (w.last_success > a.raised_at) IS NOT FALSE;
    END IF;
    IF NOT EXISTS (SELECT FROM cron.alarm_settings s WHERE s.no_success_for IS NOT NULL)
       AND NOT EXISTS (SELECT FROM cron.job_alarms o WHERE o.no_success_for > '0') THEN
        RETURN;
    END IF;
    INSERT INTO cron_engine.success_watch (jobid, last_success)
    SELECT r.jobid, now FROM cron_engine.effective_alarm r
     WHERE r.active AND r.no_success_for IS NOT NULL AND NOT EXISTS (SELECT FROM cron_engine.success_watch w WHERE w.jobid = r.jobid)
    ON CONFLICT DO NOTHING;
    INSERT INTO cron.alarm (kind, severity, jobid, jobname, username, raised_at, message, details)
    SELECT 'no_success', coalesce(r.severity, 'error'), r.jobid, r.jobname, r.username, now,
           format('%s has not succeeded for %s', r.label, cron_engine.span(now - w.last_success)),
           jsonb_build_object('since', w.last_success, 'noSuccessFor', extract(epoch FROM r.no_success_for))
      FROM cron_engine.success_watch w
      JOIN cron_engine.effective_alarm r USING (jobid)
     WHERE w.last_success < now - r.no_success_for
           AND NOT EXISTS (SELECT FROM cron.alarm a WHERE a.kind = 'no_success' AND coalesce(a.jobid, 0) = w.jobid AND a.ended_at IS NULL)
    ON CONFLICT DO NOTHING;
END;
$body$;
COMMENT ON FUNCTION cron_engine.watch_successes(timestamptz) IS
    'Raises an alarm for each active job that has not succeeded for as long as its rule says, ends those of jobs that have, and keeps the list of jobs that are watched for that.';
