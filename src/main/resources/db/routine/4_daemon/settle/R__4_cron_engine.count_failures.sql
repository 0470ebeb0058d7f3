CREATE OR REPLACE FUNCTION cron_engine.count_failures(final cron_engine.ended_run[], now timestamptz)
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
    -- A job that is activated again starts counting from 0. Materialized, or the function could be called before the condition is checked.
    WITH failing AS MATERIALIZED (
        SELECT s.jobid, s.failures
          FROM cron_engine.job_state s
          JOIN cron_engine.effective_job j USING (jobid)
         WHERE s.jobid IN (SELECT f.jobid FROM unnest(final) f WHERE f.status = 'failed') AND s.failures >= j.max_failures
    )
    UPDATE cron_engine.job_state s SET failures = 0
      FROM failing f
     WHERE s.jobid = f.jobid AND cron_engine.deactivate(f.jobid, 'failures', format('failed %s times in a row', f.failures), now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.count_failures(cron_engine.ended_run[], timestamptz) IS 'Counts failed runs in a row, and deactivates jobs that reach their max_failures.';
