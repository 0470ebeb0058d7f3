CREATE OR REPLACE FUNCTION cron_engine.retry_runs(ended cron_engine.ended_run[], now timestamptz)
RETURNS cron_engine.ended_run[]
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_retried bigint[];
BEGIN
    IF NOT EXISTS (SELECT FROM unnest(ended) e WHERE e.status IN ('failed', 'skipped')) THEN
        RETURN ended;
    END IF;
    WITH again AS MATERIALIZED (
        SELECT d.runid, d.jobid, d.attempt, CASE WHEN d.trigger IN ('manual', 'retry') THEN d.note END AS note,
               least(j.retry_delay * power(2, least(d.attempt - 1, 20)), j.max_retry_delay) * (0.75 + random() / 2) AS delay
          FROM unnest(ended) e
          JOIN cron.job_run_details d USING (runid)
          JOIN cron_engine.effective_job j ON j.jobid = d.jobid
          JOIN cron.job a ON a.jobid = d.jobid
         WHERE e.status = 'failed' AND NOT e.canceled AND d.attempt < j.max_attempts
               -- Deactivated while it ran: what a person asked for goes on all the same, and the last fire of a job.
               AND (a.active OR d.trigger IN ('manual', 'retry') AND d.note <> ''
                    OR EXISTS (SELECT FROM cron_engine.deactivation x WHERE x.jobid = d.jobid AND x.cause <> 'failures'))
    ), queued AS (
        SELECT a.runid, cron_engine.enqueue(a.jobid, 'retry', a.attempt + 1, a.runid, a.note, now + a.delay, now) FROM again a
    )
    SELECT array_agg(q.runid) INTO v_retried FROM queued q;
    -- A retry that was skipped leaves it at the failure before it. With its job deactivated it no longer counts.
    RETURN (SELECT array_agg(CASE WHEN d.runid IS NULL THEN e
                                  ELSE (e.runid, e.jobid, 'failed', false, NOT j.active, e.username, e.job_group)::cron_engine.ended_run END)
              FROM unnest(ended) e
              LEFT JOIN (cron.job_run_details d JOIN cron.job j USING (jobid)) ON e.status = 'skipped' AND d.runid = e.runid AND d.trigger = 'retry'
             WHERE e.runid <> ALL (coalesce(v_retried, '{}')));
END;
$body$;
COMMENT ON FUNCTION cron_engine.retry_runs(cron_engine.ended_run[], timestamptz) IS
    'Queues the next attempt of failed runs whose job has attempts left. Returns what has ended for good: the runs that are not tried again.';
