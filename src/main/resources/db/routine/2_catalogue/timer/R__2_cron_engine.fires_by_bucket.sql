CREATE OR REPLACE FUNCTION cron_engine.fires_by_bucket(job_id bigint, now timestamptz, start timestamptz, width interval, until timestamptz)
RETURNS TABLE (bucket integer, fire_time timestamptz, is_only boolean)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_job  record;
    v_end  timestamptz;
    v_next timestamptz;
BEGIN
    SELECT t.schedule, t.timezone, t.anchor, t.scheduled_time, o.valid_until, cron_engine.jitter(t.jobid, o.jitter) AS late INTO v_job
      FROM cron_engine.timer t JOIN cron.job j USING (jobid) LEFT JOIN cron.job_options o USING (jobid)
     WHERE t.jobid = job_id AND j.active AND t.next_fire < until;
    fire_time := v_job.scheduled_time;
    -- Two steps for a bucket, however many fires it has: a week of a job that fires each second is as soon told as one of a nightly job.
    WHILE fire_time + v_job.late < until AND (v_job.valid_until IS NULL OR fire_time < v_job.valid_until) LOOP
        bucket := greatest(floor(extract(epoch FROM fire_time + v_job.late - start) / extract(epoch FROM width)), 0);
        v_end := start + width * (bucket + 1) - v_job.late;
        v_next := cron_engine.next_fire(v_job.schedule, v_job.timezone, greatest(fire_time, now), v_job.anchor);
        is_only := v_next IS NULL OR v_next >= least(v_end, v_job.valid_until);
        fire_time := fire_time + v_job.late;
        RETURN NEXT;
        fire_time := CASE WHEN is_only THEN v_next
                          ELSE cron_engine.next_fire(v_job.schedule, v_job.timezone, v_end - interval '1 microsecond', v_job.anchor) END;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.fires_by_bucket(bigint, timestamptz, timestamptz, interval, timestamptz) IS
    'When a job fires first in each of the buckets of a time, those in which it does; is_only: and no second time. A fire that is owed is in the first one.';
