CREATE OR REPLACE FUNCTION cron_engine.watch_durations(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- As in watch_starts().
SET enable_seqscan = off
SET jit = off
AS $body$
BEGIN
    IF EXISTS (SELECT FROM cron.alarm_settings s WHERE s.long_after IS NOT NULL OR s.long_factor IS NOT NULL)
       OR EXISTS (SELECT FROM cron.job_alarms o WHERE o.long_after > '0' OR o.long_factor > 0) THEN
        PERFORM cron_engine.learn_durations(now);
        WITH rule AS MATERIALIZED (
            -- Of the two the one that is met first; least() passes over what is NULL.
            SELECT r.*, u.p95, least(r.long_after, u.p95 * r.long_factor) AS longest
              FROM cron_engine.effective_alarm r
              LEFT JOIN cron_engine.usual_duration u USING (jobid)
             WHERE least(r.long_after, u.p95 * r.long_factor) IS NOT NULL
        ), run AS (
            SELECT r.jobid, q.runid, now - q.started_at AS lasting, NULL::timestamptz AS end_time
              FROM rule r
              JOIN cron_engine.queue q ON q.jobid = r.jobid AND q.pid IS NOT NULL
            UNION ALL
            SELECT r.jobid, d.runid, d.end_time - d.start_time, d.end_time
              FROM rule r
             CROSS JOIN LATERAL (SELECT * FROM cron.job_run_details l WHERE l.jobid BETWEEN r.jobid AND r.jobid ORDER BY l.jobid DESC, l.runid DESC LIMIT 5) d
             WHERE d.end_time > now - interval '1 min' AND d.status IN ('succeeded', 'failed')
        )
        INSERT INTO cron.alarm (kind, severity, jobid, jobname, username, runid, raised_at, ended_at, message, details)
        SELECT DISTINCT ON (n.jobid) 'long', coalesce(r.severity, 'warning'), r.jobid, r.jobname, r.username, n.runid, now,
               CASE WHEN n.end_time IS NOT NULL THEN now END,
               concat(r.label, CASE WHEN n.end_time IS NULL THEN ' has been running for ' ELSE ' ran for ' END, cron_engine.span(n.lasting),
                      '; the limit is ' || cron_engine.span(r.longest)),
               jsonb_strip_nulls(jsonb_build_object('duration', extract(epoch FROM n.lasting), 'limit', extract(epoch FROM r.longest),
                                                    'p95', extract(epoch FROM r.p95)))
          FROM run n
          JOIN rule r USING (jobid)
         CROSS JOIN cron.alarm_settings s
         WHERE n.lasting > r.longest
               AND NOT EXISTS (SELECT FROM cron.alarm a WHERE a.jobid = n.jobid AND a.kind = 'long'
                                                              AND (a.ended_at IS NULL OR a.runid = n.runid OR a.raised_at > now - s.repeat_after))
         ORDER BY n.jobid, n.runid
        ON CONFLICT DO NOTHING;
    END IF;
    PERFORM cron_engine.end_alarms(ARRAY[a.alarmid], true, now, a.runid)
       FROM cron.alarm a
      WHERE a.kind = 'long' AND a.ended_at IS NULL AND NOT EXISTS (SELECT FROM cron_engine.queue q WHERE q.runid = a.runid AND q.pid IS NOT NULL);
END;
$body$;
COMMENT ON FUNCTION cron_engine.watch_durations(timestamptz) IS
    'Raises an alarm for each job with a run that takes too long, or did and has ended since the last look; ends those whose run has ended.';
