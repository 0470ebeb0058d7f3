CREATE OR REPLACE FUNCTION cron_engine.add_counts(ended bigint[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
-- For its very values each call would be planned again, at the cost of a look at each of them.
SET plan_cache_mode = force_generic_plan
AS $body$
DECLARE
    v_bounds double precision[] := cron_engine.bucket_bounds();
BEGIN
    INSERT INTO cron_engine.run_count AS c (kind, label, trigger, bucket, runs, seconds)
    WITH run AS MATERIALIZED (
        SELECT d.status, coalesce(d.trigger, '') AS trigger, d.return_message,
               -- One that never began has neither.
               CASE WHEN d.job_pid IS NOT NULL THEN greatest(date_part('epoch', d.end_time - d.start_time), 0) END AS duration,
               CASE WHEN d.job_pid IS NOT NULL AND d.trigger = 'schedule'
                    THEN greatest(date_part('epoch', d.start_time - d.scheduled_time), 0) END AS delay
          FROM cron.job_run_details d
         WHERE d.runid = ANY (ended) AND d.end_time IS NOT NULL
    )
    SELECT 'run', r.status, r.trigger, 0, count(*), 0 FROM run r GROUP BY r.status, r.trigger
    UNION ALL
    -- A bucket has its upper bound, width_bucket() the lower one: half a microsecond makes the difference.
    SELECT 'duration', r.status, '', width_bucket(r.duration - 0.0000005, v_bounds) AS bucket, count(*), sum(r.duration)
      FROM run r WHERE r.duration IS NOT NULL GROUP BY r.status, bucket
    UNION ALL
    SELECT 'delay', '', '', width_bucket(r.delay - 0.0000005, v_bounds) AS bucket, count(*), sum(r.delay)
      FROM run r WHERE r.delay IS NOT NULL GROUP BY bucket
    UNION ALL
    SELECT 'skip', cron_engine.skip_cause(r.return_message) AS cause, '', 0, count(*), 0
      FROM run r WHERE r.status = 'skipped' GROUP BY cause
    ON CONFLICT ON CONSTRAINT run_count_pkey DO UPDATE SET runs = c.runs + EXCLUDED.runs, seconds = c.seconds + EXCLUDED.seconds;
END;
$body$;
COMMENT ON FUNCTION cron_engine.add_counts(bigint[]) IS 'Adds runs that ended, and are in the history, to cron_engine.run_count.';
