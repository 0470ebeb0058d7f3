CREATE OR REPLACE FUNCTION cron_engine.settle_ended_runs(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_ended cron_engine.ended_run[];
    v_final cron_engine.ended_run[];
BEGIN
    IF NOT EXISTS (SELECT FROM cron_engine.ended_run) THEN
        RETURN 0;
    END IF;
    WITH gone AS (
        DELETE FROM cron_engine.ended_run RETURNING ended_run
    )
    SELECT array_agg(g.ended_run) INTO v_ended FROM gone g;
    PERFORM cron_engine.notify_runs((SELECT array_agg(e.runid) FROM unnest(v_ended) e));
    PERFORM cron_engine.learn_top_level(v_ended);
    -- What is tried again has not ended yet for anybody who counts or waits.
    v_final := cron_engine.retry_runs(v_ended, now);
    PERFORM cron_engine.count_failures(v_final);
    PERFORM cron_engine.follow_runs(v_final, now);
    PERFORM cron_engine.prune_runs(v_ended);
    RETURN cardinality(v_ended);
END;
$body$;
COMMENT ON FUNCTION cron_engine.settle_ended_runs(timestamptz) IS
    'Draws the consequences of runs that ended: retries, failures in a row, jobs that wait for them, what of them is kept. Returns how many ended.';

CREATE OR REPLACE FUNCTION cron_engine.learn_top_level(ended cron_engine.ended_run[])
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    INSERT INTO cron_engine.job_state AS s (jobid, top_level_command)
    SELECT DISTINCT ON (d.jobid) d.jobid, md5(d.command)
      FROM unnest(ended) e
      JOIN cron.job_run_details d USING (runid)
      JOIN cron.job j ON j.jobid = d.jobid AND j.transactional IS NULL
     WHERE e.top_level
     ORDER BY d.jobid, d.runid DESC
    ON CONFLICT ON CONSTRAINT job_state_pkey DO UPDATE SET top_level_command = EXCLUDED.top_level_command
    WHERE s.top_level_command IS DISTINCT FROM EXCLUDED.top_level_command
$body$;
COMMENT ON FUNCTION cron_engine.learn_top_level(cron_engine.ended_run[]) IS 'Remembers which commands cannot run in a transaction.';

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

CREATE OR REPLACE FUNCTION cron_engine.count_failures(final cron_engine.ended_run[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE cron_engine.job_state s SET failures = 0
     WHERE s.failures > 0 AND s.jobid IN (SELECT f.jobid FROM unnest(final) f WHERE f.status = 'succeeded');
    INSERT INTO cron_engine.job_state AS s (jobid, failures)
    SELECT f.jobid, count(*) FROM unnest(final) f JOIN cron.job j USING (jobid) WHERE f.status = 'failed' AND NOT f.canceled GROUP BY f.jobid
    ON CONFLICT ON CONSTRAINT job_state_pkey DO UPDATE SET failures = s.failures + EXCLUDED.failures;
    -- A job that is activated again starts counting anew. Materialized, or the function could be called before the condition is checked.
    WITH failing AS MATERIALIZED (
        SELECT s.jobid, s.failures
          FROM cron_engine.job_state s
          JOIN cron_engine.effective_job j USING (jobid)
         WHERE s.jobid IN (SELECT f.jobid FROM unnest(final) f WHERE f.status = 'failed') AND s.failures >= j.max_failures
    )
    UPDATE cron_engine.job_state s SET failures = 0
      FROM failing f
     WHERE s.jobid = f.jobid AND cron_engine.deactivate(f.jobid, format('failed %s times in a row', f.failures));
END;
$body$;
COMMENT ON FUNCTION cron_engine.count_failures(cron_engine.ended_run[]) IS 'Counts failed runs in a row, and deactivates jobs that reach their max_failures.';

CREATE OR REPLACE FUNCTION cron_engine.follow_runs(final cron_engine.ended_run[], now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.enqueue(j.jobid, 'after', 1, f.runid, NULL, NULL, now)
      FROM unnest(final) f
      JOIN cron.job e ON e.jobid = f.jobid
      JOIN cron_engine.timer t ON (t.schedule).after_job = e.jobname
                                  AND ((t.schedule).after_outcome = 'any'
                                       OR (t.schedule).after_outcome = CASE f.status WHEN 'succeeded' THEN 'success' WHEN 'failed' THEN 'failure' END)
      JOIN cron.job j ON j.jobid = t.jobid AND j.username = e.username AND j.active
                         AND (j.valid_from IS NULL OR j.valid_from <= now) AND (j.valid_until IS NULL OR j.valid_until > now)
     WHERE f.status IN ('succeeded', 'failed')
$body$;
COMMENT ON FUNCTION cron_engine.follow_runs(cron_engine.ended_run[], timestamptz) IS 'Queues the jobs that run after those that ended.';

CREATE OR REPLACE FUNCTION cron_engine.prune_runs(ended cron_engine.ended_run[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_keep integer := (SELECT s.keep_runs_per_job FROM cron.settings s);
BEGIN
    DELETE FROM cron.job_run_details d
     WHERE d.runid IN (SELECT l.runid
                         FROM unnest(ended) e
                         JOIN cron_engine.effective_job j ON j.jobid = e.jobid
                         JOIN cron.job_run_details l ON l.runid = e.runid
                        WHERE j.log_level = 'none' OR j.log_level = 'failures' AND e.status <> 'failed'
                          FOR UPDATE OF l SKIP LOCKED);
    IF v_keep IS NOT NULL THEN
        DELETE FROM cron.job_run_details d
         WHERE d.runid IN (SELECT l.runid
                             FROM (SELECT DISTINCT e.jobid FROM unnest(ended) e WHERE e.jobid IS NOT NULL) e
                             JOIN cron.job_run_details l ON l.jobid = e.jobid
                            WHERE l.end_time IS NOT NULL
                                  AND l.runid <= (SELECT o.runid FROM cron.job_run_details o
                                                   WHERE o.jobid = e.jobid ORDER BY o.runid DESC OFFSET v_keep LIMIT 1)
                            ORDER BY l.runid
                            -- A tick is short: what is left of a long history follows as further runs end.
                            LIMIT 1000
                              FOR UPDATE OF l SKIP LOCKED);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.prune_runs(cron_engine.ended_run[]) IS 'Removes runs that their job''s log_level does not want, and those beyond keep_runs_per_job.';
