CREATE OR REPLACE FUNCTION cron_engine.park_timer(job_id bigint, message text, state text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_scheduled timestamptz;
BEGIN
    PERFORM FROM cron_engine.due d WHERE d.jobid = job_id FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
        DELETE FROM cron_engine.due d WHERE d.jobid = job_id;
        UPDATE cron_engine.timer t SET next_fire = NULL WHERE t.jobid = job_id RETURNING t.scheduled_time INTO v_scheduled;
        INSERT INTO cron.job_run_details (jobid, database, username, command, status, return_message, sqlstate, start_time, end_time,
                                          scheduled_time, queued_time, trigger, attempt)
        SELECT job_id, j.database, j.username, j.command, 'failed', 'the job could not be fired and waits to be altered: ' || message, state, now, now,
               v_scheduled, now, 'schedule', 1
          FROM cron.job j WHERE j.jobid = job_id;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.park_timer(bigint, text, text, timestamptz) IS 'Takes a timer that cannot be fired out of the way and records why.';
