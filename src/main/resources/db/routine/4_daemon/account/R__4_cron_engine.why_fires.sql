CREATE OR REPLACE FUNCTION cron_engine.why_fires(job_id bigint, since timestamptz, now timestamptz)
RETURNS SETOF cron_engine.fact
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH fire AS MATERIALIZED (
        SELECT f.*, row_number() OVER (ORDER BY f.fire_time DESC) AS nth,
               -- What is told once for a row of fires that are alike.
               concat_ws(' ', f.code, CASE WHEN f.code = 'skipped' THEN f.reason WHEN f.code = 'failed' THEN left(f.reason, 200) END,
                         CASE WHEN f.code NOT IN ('succeeded', 'failed', 'skipped') THEN f.period_start END) AS kind
          FROM cron_engine.accounted_fires($1, $2, $3) f
    ), marked AS (
        SELECT f.*, f.nth <= 10 OR f.kind <> lag(f.kind) OVER (ORDER BY f.nth) AS first_of_row FROM fire f
    ), numbered AS (
        SELECT m.*, count(*) FILTER (WHERE m.first_of_row OR m.nth = 11) OVER (ORDER BY m.nth) AS line FROM marked m
    ), line AS MATERIALIZED (
        SELECT min(n.line) AS line, min(n.fire_time) AS first_time, max(n.fire_time) AS last_time, count(*) AS fires, min(n.code) AS code,
               (array_agg(n.runid ORDER BY n.nth))[1] AS runid, (array_agg(n.reason ORDER BY n.nth))[1] AS reason,
               (array_agg(n.note ORDER BY n.nth))[1] AS note, max(n.attempts) AS attempts, max(n.late) AS late, max(n.duration) AS duration,
               min(n.period_start) AS period_start, percentile_disc(0.5) WITHIN GROUP (ORDER BY n.duration) AS half
          FROM numbered n
         -- What would not fit on the page is counted.
         GROUP BY CASE WHEN n.line <= 40 THEN n.line::text ELSE n.code END
    )
    SELECT 'fires', l.first_time, CASE WHEN l.fires > 1 THEN l.last_time END, l.code, l.fires, l.runid,
           CASE WHEN l.fires = 1 THEN f.fact
                WHEN l.line > 40 THEN format('earlier: %s fires %s', l.fires, replace(l.code, '_', ' '))
                WHEN l.code = 'succeeded' THEN format('%s fires: all succeeded, half of them in %s or less, the longest in %s, the latest started %s after its time',
                                                      l.fires, l.half, l.duration, date_trunc('milliseconds', greatest(l.late, '0')))
                ELSE format('%s fires, the last one: %s', l.fires, f.fact) END,
           CASE WHEN l.line <= 40 THEN f.hint END,
           jsonb_strip_nulls(jsonb_build_object('attempts', l.attempts, 'late_seconds', round(extract(epoch FROM l.late), 6),
                                                'duration_seconds', round(extract(epoch FROM l.duration), 6),
                                                'message', CASE WHEN l.fires = 1 THEN left(l.reason, 1000) END))
      FROM line l
     CROSS JOIN LATERAL cron_engine.fire_fact($1, l.last_time, l.code, l.runid, l.reason, l.note, l.attempts, l.late, l.duration, l.period_start, $3) f
     ORDER BY l.last_time DESC
$body$;
COMMENT ON FUNCTION cron_engine.why_fires(bigint, timestamptz, timestamptz) IS
    'What became of the fires of a job since then, the latest first: the last ten one by one, those before in rows of fires that are alike, of which the page holds thirty, then counted.';
