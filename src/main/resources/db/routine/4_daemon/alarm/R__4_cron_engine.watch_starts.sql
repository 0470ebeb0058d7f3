CREATE OR REPLACE FUNCTION cron_engine.watch_starts(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
-- By the few runs that are named, never by reading the history.
SET enable_seqscan = off
SET jit = off
AS $body$
BEGIN
    -- Where there is no such rule, that is all.
    IF (EXISTS (SELECT FROM cron.alarm_settings s WHERE s.late_after IS NOT NULL) OR EXISTS (SELECT FROM cron.job_alarms o WHERE o.late_after > '0'))
       AND NOT (SELECT s.paused FROM cron.settings s) THEN
        WITH rule AS MATERIALIZED (
            SELECT r.*, o.jitter FROM cron_engine.effective_alarm r LEFT JOIN cron.job_options o USING (jobid) WHERE r.late_after IS NOT NULL
        ), begun AS (
            SELECT r.jobid, q.runid, coalesce(q.not_before, d.queued_time) AS planned, q.started_at
              FROM rule r
              JOIN cron_engine.queue q ON q.jobid = r.jobid
              JOIN cron.job_run_details d USING (runid)
            UNION ALL
            -- Those that have ended since the last look.
            SELECT r.jobid, d.runid, CASE WHEN d.trigger IN ('schedule', 'catch-up') THEN d.scheduled_time + cron_engine.jitter(r.jobid, r.jitter) ELSE d.queued_time END, d.start_time
              FROM rule r
             CROSS JOIN LATERAL (SELECT * FROM cron.job_run_details l WHERE l.jobid BETWEEN r.jobid AND r.jobid ORDER BY l.jobid DESC, l.runid DESC LIMIT 5) d
             WHERE d.end_time > now - interval '1 min' AND d.status IN ('succeeded', 'failed') AND d.trigger <> 'retry'
        )
        INSERT INTO cron.alarm (kind, severity, jobid, jobname, username, runid, raised_at, ended_at, message, details)
        SELECT DISTINCT ON (b.jobid) 'late', coalesce(r.severity, 'warning'), r.jobid, r.jobname, r.username, b.runid, now,
               CASE WHEN b.started_at IS NOT NULL THEN now END,
               format('%s %s %s after its time', r.label, CASE WHEN b.started_at IS NULL THEN 'has not started,' ELSE 'started' END,
                      cron_engine.span(coalesce(b.started_at, now) - b.planned)),
               jsonb_strip_nulls(jsonb_build_object('planned', b.planned, 'started', b.started_at, 'lateAfter', extract(epoch FROM r.late_after)))
          FROM begun b
          JOIN rule r USING (jobid)
         CROSS JOIN cron.alarm_settings s
         WHERE coalesce(b.started_at, now) - b.planned > r.late_after
               AND NOT EXISTS (SELECT FROM cron.alarm a WHERE a.jobid = b.jobid AND a.kind = 'late'
                                                              AND (a.ended_at IS NULL OR a.runid = b.runid OR a.raised_at > now - s.repeat_after))
         ORDER BY b.jobid, b.runid
        ON CONFLICT DO NOTHING;
    END IF;
    PERFORM cron_engine.end_alarms(ARRAY[a.alarmid], true, now, a.runid)
       FROM cron.alarm a
      WHERE a.kind = 'late' AND a.ended_at IS NULL AND NOT EXISTS (SELECT FROM cron_engine.queue q WHERE q.runid = a.runid AND q.pid IS NULL);
END;
$body$;
COMMENT ON FUNCTION cron_engine.watch_starts(timestamptz) IS
    'Raises an alarm for each job with a run that is late to start, or was and has ended since the last look; ends those whose run waits no more. While the scheduler is paused everything is late, and nothing alarmed on.';
