CREATE OR REPLACE FUNCTION cron_engine.deactivate(job_id bigint, cause text, reason text, now timestamptz)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Somebody who is changing the job just now is not waited for: he holds this row, whatever of it he changes.
    PERFORM FROM cron.job j WHERE j.jobid = job_id AND j.active FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO cron_engine.deactivation AS d (jobid, cause, reason) VALUES (job_id, $2, $3)
    ON CONFLICT ON CONSTRAINT deactivation_pkey DO UPDATE SET cause = EXCLUDED.cause, reason = EXCLUDED.reason;
    UPDATE cron.job j SET active = false WHERE j.jobid = job_id;
    -- What has fired before the last time was over is still to run.
    IF cause = 'failures' THEN
        PERFORM cron_engine.raise_deactivated(job_id, reason, now);
        PERFORM cron_engine.skip_runs(ARRAY(SELECT q.runid
                                              FROM cron_engine.queue q
                                              JOIN cron.job_run_details d USING (runid)
                                             WHERE q.jobid = job_id AND q.pid IS NULL
                                               FOR UPDATE SKIP LOCKED), 'job deactivated: ' || reason, now);
    END IF;
    RETURN true;
END;
$body$;
COMMENT ON FUNCTION cron_engine.deactivate(bigint, text, text, timestamptz) IS
    'Deactivates a job for a reason that is kept, and skips what waits of it if the cause is failures; false: it could not be now, or was inactive.';
