CREATE OR REPLACE FUNCTION cron_engine.why_costs(job_id bigint, now timestamptz)
RETURNS SETOF cron_engine.fact
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH run AS MATERIALIZED (
        SELECT d.status, d.start_time, d.end_time, d.end_time - d.start_time AS duration, d.wal_bytes, d.read_bytes, d.temp_bytes,
               -- '3 rows', 'INSERT 0 3', 'UPDATE 3': what is last is how many.
               CASE WHEN d.status = 'succeeded' THEN coalesce(substring(d.return_message FROM '^([0-9]{1,15}) rows?$'),
                                                              substring(d.return_message FROM '^[A-Z][A-Z ]* (?:0 )?([0-9]{1,15})$')) END::bigint AS rows
          FROM cron.job_run_details d
         -- Not an equality, for which the planner would as soon read the whole history backwards.
         WHERE d.jobid BETWEEN $1 AND $1 AND d.end_time IS NOT NULL AND d.status <> 'skipped'
         ORDER BY d.jobid DESC, d.runid DESC LIMIT 1000
    ), total AS MATERIALIZED (
        SELECT count(*) AS runs, count(*) FILTER (WHERE r.status = 'failed') AS failed, min(r.start_time) AS first, max(r.end_time) AS last,
               percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY r.duration) AS p, max(r.duration) AS longest, sum(r.duration) AS busy,
               count(r.rows) AS counted, percentile_disc(0.5) WITHIN GROUP (ORDER BY r.rows) AS rows, max(r.rows) AS most, sum(r.rows) AS all_rows,
               count(r.wal_bytes) AS measured, percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY r.wal_bytes) AS wal, sum(r.wal_bytes) AS all_wal,
               percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY r.read_bytes) AS read, sum(r.read_bytes) AS all_read,
               percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY r.temp_bytes) AS temp, sum(r.temp_bytes) AS all_temp
          FROM run r
    )
    SELECT 'costs', t.first, t.last, c.code, NULL::bigint, NULL::bigint, c.fact, NULL::text, c.detail
      FROM total t
     CROSS JOIN LATERAL (VALUES
        ('runs', format('its last %s runs in the history, of which %s failed', t.runs, t.failed), jsonb_build_object('runs', t.runs, 'failed', t.failed)),
        ('duration', format('half of them took %s or less, 95 in 100 %s, the longest %s; together %s, that is %s %% of the time', t.p[1], t.p[2], t.longest,
                            date_trunc('milliseconds', t.busy), round(100 * extract(epoch FROM t.busy) / nullif(extract(epoch FROM now - t.first), 0), 2)),
         jsonb_build_object('p50_seconds', extract(epoch FROM t.p[1]), 'p95_seconds', extract(epoch FROM t.p[2]), 'max_seconds', extract(epoch FROM t.longest),
                            'total_seconds', extract(epoch FROM t.busy))),
        ('rows', CASE WHEN t.counted > 0 THEN format('half of them returned or changed %s rows or less, at most %s; together %s', t.rows, t.most, t.all_rows) END,
         jsonb_build_object('runs', t.counted, 'p50', t.rows, 'max', t.most, 'total', t.all_rows)),
        ('wal', cron_engine.cost_fact('wrote to the write-ahead log', t.measured, t.wal, t.all_wal), cron_engine.cost_detail(t.measured, t.wal, t.all_wal)),
        ('read', cron_engine.cost_fact('read into the buffers', t.measured, t.read, t.all_read), cron_engine.cost_detail(t.measured, t.read, t.all_read)),
        ('temp', cron_engine.cost_fact('wrote to temporary files', t.measured, t.temp, t.all_temp), cron_engine.cost_detail(t.measured, t.temp, t.all_temp)),
        ('not_measured', CASE WHEN t.measured = 0 THEN 'what they wrote and read was not measured: they were too quick, ran at top level, or measure_runs of cron.settings is none' END,
         NULL)) c (code, fact, detail)
     WHERE t.runs > 0 AND c.fact IS NOT NULL
$body$;
COMMENT ON FUNCTION cron_engine.why_costs(bigint, timestamptz) IS 'What the last 1,000 runs of a job took: time, rows, write-ahead log, reads, temporary files; no row: the history has none.';
