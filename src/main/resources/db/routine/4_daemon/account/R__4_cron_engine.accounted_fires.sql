CREATE OR REPLACE FUNCTION cron_engine.accounted_fires(job_id bigint, since timestamptz, now timestamptz)
RETURNS TABLE (
    fire_time timestamptz, code text, runid bigint, reason text, note text, attempts integer, late interval, duration interval, period_start timestamptz)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH period AS MATERIALIZED (
        SELECT d.*, first_value(d.schedule) OVER (ORDER BY d.since DESC) <> d.schedule AS was_changed FROM cron_engine.definitions($1, $2, $3) d
    ), recorded AS MATERIALIZED (
        SELECT DISTINCT ON (r.fire_time) r.* FROM cron_engine.recorded_fires($1, $2) r ORDER BY r.fire_time, r.runid DESC
    ), fire AS MATERIALIZED (
        SELECT coalesce(r.fire_time, e.fire_time) AS fire_time, r.runid, coalesce(e.period_start, p.since) AS period_start, e.named,
               max(r.fire_time) OVER (ORDER BY coalesce(r.fire_time, e.fire_time)) AS previous,
               min(r.fire_time) OVER (ORDER BY coalesce(r.fire_time, e.fire_time) DESC) AS following
          FROM recorded r
          FULL JOIN cron_engine.expected_fires($1, $2, $3) e ON e.fire_time = r.fire_time
          LEFT JOIN period p ON r.fire_time > p.since AND r.fire_time <= p.until AND e.fire_time IS NULL
    )
    SELECT f.fire_time,
           CASE WHEN r.runid IS NOT NULL THEN r.status
                ELSE cron_engine.fate_of_fire($1, f.fire_time, f.named, p.present, p.active, p.valid_from, p.valid_until, p.log_level, p.was_changed,
                                              f.fire_time + p.jitter <= greatest(b.queued_time, b.fire_time + p.jitter),
                                              b.status = 'skipped' AND b.message LIKE 'missed%', a.trigger = 'catch-up' AND EXISTS (SELECT FROM period q
                                                                                WHERE a.fire_time > q.since AND a.fire_time <= q.until AND q.schedule = p.schedule), $3) END,
           coalesce(r.runid, CASE WHEN f.fire_time + p.jitter <= greatest(b.queued_time, b.fire_time + p.jitter) THEN b.runid END),
           r.message, r.note, r.attempts, r.start_time - r.fire_time - coalesce(p.jitter, '0'), r.end_time - r.start_time, f.period_start
      FROM fire f
      LEFT JOIN period p ON p.since = f.period_start
      LEFT JOIN recorded r ON r.runid = f.runid
      LEFT JOIN recorded b ON f.runid IS NULL AND b.fire_time = f.previous
      LEFT JOIN recorded a ON f.runid IS NULL AND a.fire_time = f.following
     WHERE f.fire_time > $2
$body$;
COMMENT ON FUNCTION cron_engine.accounted_fires(bigint, timestamptz, timestamptz) IS
    'What became of each fire of a job after since: once each time that its schedule has named up to now, or that of now would have, and what the history has besides. code: the status of its run, else as cron_engine.fate_of_fire() says; runid: its run in the end, or the one that made up for it.';
