CREATE OR REPLACE FUNCTION cron_engine.upcoming_fires(job_id bigint, now timestamptz, until timestamptz, count integer)
RETURNS TABLE (jobid bigint, fire_time timestamptz)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Of the first fires of all, each is by one of the jobs that fire first, and none is later than the first fire of the last of these.
    WITH first AS MATERIALIZED (
        SELECT t, o.jitter, o.valid_until, t.next_fire
          FROM cron_engine.timer t
          JOIN cron.job j USING (jobid)
          LEFT JOIN cron.job_options o USING (jobid)
         WHERE j.active AND t.next_fire < until AND (job_id IS NULL OR t.jobid = job_id)
         ORDER BY t.next_fire, t.jobid
         LIMIT count
    ), last AS MATERIALIZED (
        SELECT CASE WHEN count(*) = count THEN least(max(f.next_fire) + interval '1 microsecond', until) ELSE until END AS until FROM first f
    )
    SELECT (f.t).jobid, r.fire_time
      FROM first f
     CROSS JOIN last l
     CROSS JOIN LATERAL cron_engine.fires(f.t, f.jitter, f.valid_until, now, l.until, count) r (fire_time)
     ORDER BY r.fire_time, (f.t).jobid
     LIMIT count
$body$;
COMMENT ON FUNCTION cron_engine.upcoming_fires(bigint, timestamptz, timestamptz, integer) IS
    'The next fires of a job, or of all jobs if it is NULL, by time, before until and at most so many. A fire that is owed comes first.';
