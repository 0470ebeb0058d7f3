CREATE OR REPLACE FUNCTION cron_engine.retry_runs(ended cron_engine.ended_run[], now timestamptz)
RETURNS cron_engine.ended_run[]
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_retried bigint[];
BEGIN
    IF NOT EXISTS (SELECT FROM unnest(ended) e WHERE e.status = 'failed') THEN
        RETURN ended;
    END IF;
    WITH again AS MATERIALIZED (
        SELECT d.runid, d.jobid, d.attempt,
               least(j.retry_delay * power(2, least(d.attempt - 1, 20)), j.max_retry_delay) * (0.75 + random() / 2) AS delay
          FROM unnest(ended) e
          JOIN cron.job_run_details d USING (runid)
          JOIN cron_engine.effective_job j ON j.jobid = d.jobid
         WHERE e.status = 'failed' AND NOT e.canceled AND d.attempt < j.max_attempts
    ), queued AS (
        SELECT a.runid, cron_engine.enqueue(a.jobid, 'retry', a.attempt + 1, a.runid, NULL, now + a.delay, now) FROM again a
    )
    SELECT array_agg(q.runid) INTO v_retried FROM queued q;
    RETURN (SELECT array_agg(e) FROM unnest(ended) e WHERE e.runid <> ALL (coalesce(v_retried, '{}')));
END;
$body$;
COMMENT ON FUNCTION cron_engine.retry_runs(cron_engine.ended_run[], timestamptz) IS
    'Queues the next attempt of failed runs whose job has attempts left. Returns the runs that are not tried again.';
