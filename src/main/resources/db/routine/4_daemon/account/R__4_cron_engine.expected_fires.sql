CREATE OR REPLACE FUNCTION cron_engine.expected_fires(job_id bigint, since timestamptz, now timestamptz)
RETURNS TABLE (fire_time timestamptz, period_start timestamptz, named boolean)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH period AS MATERIALIZED (
        SELECT d.*, CASE WHEN d.present THEN cron_engine.parse_schedule(d.schedule) END AS parsed FROM cron_engine.definitions($1, $2, $3) d
    ), present AS (
        SELECT p.*, t.anchor AS origin, (t.schedule).kind AS kind,
               p.present AND p.parsed = t.schedule AND ((t.schedule).kind = 'interval' OR p.timezone = t.timezone) AS same,
               t.schedule AS schedule_now, t.timezone AS timezone_now
          FROM period p JOIN cron_engine.timer t ON t.jobid = $1
    ), anchored AS (
        -- The origin of a grid is known of the present one only, of a former one a fire.
        SELECT p.*, coalesce((SELECT max(d.scheduled_time) FROM cron.job_run_details d
                               WHERE (p.parsed).kind = 'interval' AND d.jobid BETWEEN $1 AND $1 AND d.trigger IN ('schedule', 'catch-up')
                                     AND d.scheduled_time > p.since AND d.scheduled_time <= p.until
                                     AND d.runid >= coalesce(cron_engine.first_run_since(p.since), 0)),
                             CASE WHEN p.same THEN p.origin END, p.since) AS anchor
          FROM present p
    )
    SELECT DISTINCT ON (f.fire_time) f.fire_time, f.since, f.named
      FROM (SELECT b.fire_time, a.since, true AS named
              FROM anchored a
             CROSS JOIN LATERAL cron_engine.fires_between(a.parsed, a.timezone, a.anchor,
                                                          CASE WHEN a.same AND a.kind = 'interval' THEN greatest(a.since, least(a.origin, a.until)) ELSE a.since END,
                                                          a.until) AS b (fire_time)
             WHERE a.present
            UNION ALL
            -- What the present schedule would have named then. A grid had no place before its origin.
            SELECT b.fire_time, a.since, false
              FROM anchored a
             CROSS JOIN LATERAL cron_engine.fires_between(a.schedule_now, a.timezone_now, NULL, a.since, a.until) AS b (fire_time)
             WHERE NOT a.same AND a.kind IN ('cron', 'at')) f
     ORDER BY f.fire_time, f.named DESC
$body$;
COMMENT ON FUNCTION cron_engine.expected_fires(bigint, timestamptz, timestamptz) IS
    'All times after since, up to now, that the job''s schedule of then has named, or that of now would have (not named), each with the start of its period of cron_engine.definitions().';
