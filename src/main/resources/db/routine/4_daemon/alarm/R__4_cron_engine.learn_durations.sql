CREATE OR REPLACE FUNCTION cron_engine.learn_durations(now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET jit = off
AS $body$
    DELETE FROM cron_engine.usual_duration u
     WHERE NOT EXISTS (SELECT FROM cron_engine.effective_alarm r WHERE r.jobid = u.jobid AND r.long_factor IS NOT NULL);
    -- A few at a time, as each reads a thousand runs.
    INSERT INTO cron_engine.usual_duration AS u (jobid, p95, counted_at)
    SELECT r.jobid, p.p95, now
      FROM (SELECT e.jobid FROM cron_engine.effective_alarm e
              LEFT JOIN cron_engine.usual_duration c USING (jobid)
             WHERE e.long_factor IS NOT NULL AND (c.counted_at NOT BETWEEN now - interval '1 h' AND now) IS NOT FALSE
             ORDER BY c.counted_at NULLS FIRST, e.jobid LIMIT 20) r
     CROSS JOIN LATERAL (SELECT CASE WHEN count(*) >= 20 THEN percentile_disc(0.95) WITHIN GROUP (ORDER BY d.end_time - d.start_time) END AS p95
                           FROM (SELECT l.start_time, l.end_time FROM cron.job_run_details l
                                  WHERE l.jobid BETWEEN r.jobid AND r.jobid AND l.status = 'succeeded'
                                  ORDER BY l.jobid DESC, l.runid DESC LIMIT 1000) d) p
    ON CONFLICT (jobid) DO UPDATE SET p95 = EXCLUDED.p95, counted_at = EXCLUDED.counted_at
$body$;
COMMENT ON FUNCTION cron_engine.learn_durations(timestamptz) IS 'Counts again, for up to 20 jobs with a long_factor, how long their runs usually take, if that was not done within the last hour.';
