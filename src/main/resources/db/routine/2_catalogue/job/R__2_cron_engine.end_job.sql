CREATE OR REPLACE FUNCTION cron_engine.end_job(job_id bigint, schedule cron_engine.schedule, expired boolean, passed boolean)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_reason text := CASE WHEN expired THEN 'no fire is left before valid_until'
                          WHEN schedule.kind = 'at' AND passed THEN 'its time has passed' END;
BEGIN
    IF v_reason IS NOT NULL THEN
        INSERT INTO cron_engine.deactivation AS d (jobid, cause, reason) VALUES (job_id, CASE WHEN expired THEN 'expired' ELSE 'fired' END, v_reason)
        ON CONFLICT ON CONSTRAINT deactivation_pkey DO UPDATE SET cause = EXCLUDED.cause, reason = EXCLUDED.reason;
        UPDATE cron.job j SET active = false WHERE j.jobid = job_id;
        RAISE WARNING 'job % is deactivated: %', job_id, v_reason;
        RETURN true;
    END IF;
    IF schedule.kind IN ('cron', 'at') THEN
        RAISE WARNING 'job % never fires', job_id;
    END IF;
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.end_job(bigint, cron_engine.schedule, boolean, boolean) IS
    'What becomes of an active job that is being edited and has nothing to fire by time: deactivated if its validity or its one time is over, which is returned; warned of if its schedule never fires.';
