CREATE OR REPLACE FUNCTION cron_engine.cancel_run(caller text, runid bigint, note text)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_by text := concat_ws(': ', caller, note);
BEGIN
    PERFORM cron_engine.require_bounds(NULL, NULL, note);
    PERFORM cron_engine.require_own(caller, (SELECT d.username FROM cron.job_run_details d WHERE d.runid = $2), format('Run %s', $2));
    IF NOT EXISTS (SELECT FROM cron_engine.working_set_complete) THEN
        RAISE EXCEPTION 'the scheduler has not yet recovered from a restart of the server'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Try again in some seconds.';
    END IF;
    -- A run that waits ends here; the daemon stops one that runs.
    WITH waiting AS (
        DELETE FROM cron_engine.queue q WHERE q.runid = $2 AND q.pid IS NULL RETURNING q.runid, q.jobid, q.username, q.job_group, clock_timestamp() AS now
    ), ended AS (
        INSERT INTO cron_engine.ended_run (runid, jobid, status, canceled, username, job_group)
        SELECT w.runid, w.jobid, 'failed', true, CASE WHEN w.job_group IS NOT NULL THEN w.username END, w.job_group FROM waiting w
    )
    UPDATE cron.job_run_details d
       SET status = 'failed', start_time = w.now, end_time = w.now, return_message = 'job canceled', sqlstate = '57014',
           note = concat_ws('; ', d.note, 'canceled by ' || v_by)
      FROM waiting w WHERE d.runid = w.runid;
    IF FOUND THEN
        RETURN true;
    END IF;
    UPDATE cron_engine.queue q
       SET stop_reason = 'cancel', stop_asked_at = clock_timestamp(), stop_asked_by = v_by
     WHERE q.runid = $2 AND q.stop_reason IS NULL;
    -- Only with the row of the queue locked, or others would wait for this transaction.
    IF FOUND THEN
        PERFORM cron_engine.save_run($2);
    END IF;
    RETURN EXISTS (SELECT FROM cron_engine.queue q WHERE q.runid = $2);
END;
$body$;
COMMENT ON FUNCTION cron_engine.cancel_run(text, bigint, text) IS 'Stops a run for the caller. False: it had ended already.';
