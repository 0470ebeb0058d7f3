CREATE OR REPLACE FUNCTION cron_engine.deactivate(job_id bigint, reason text)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Somebody who is changing the job just now is not waited for.
    PERFORM FROM cron.job j WHERE j.jobid = job_id AND j.active FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
        INSERT INTO cron_engine.deactivation AS d (jobid, reason) VALUES (job_id, $2)
        ON CONFLICT ON CONSTRAINT deactivation_pkey DO UPDATE SET reason = EXCLUDED.reason;
        UPDATE cron.job j SET active = false WHERE j.jobid = job_id;
    END IF;
    RETURN FOUND;
END;
$body$;
COMMENT ON FUNCTION cron_engine.deactivate(bigint, text) IS 'Deactivates a job for a reason that is kept; false: it could not be now, or was inactive.';
