CREATE OR REPLACE FUNCTION cron_engine.postpone_timer(job_id bigint, message text, error_code text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM FROM cron_engine.due d WHERE d.jobid = job_id FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
        -- The timer itself keeps the time that it owes, and with it what catch_up says of it.
        UPDATE cron_engine.due d SET next_fire = cron_engine.note_fault('fire', job_id::text, job_id, message, error_code, now)
         WHERE d.jobid = job_id;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.postpone_timer(bigint, text, text, timestamptz) IS
    'Takes a timer that cannot be fired out of the way of the others for a while, which grows each time.';
