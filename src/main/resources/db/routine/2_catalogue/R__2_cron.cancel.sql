CREATE OR REPLACE FUNCTION cron.cancel(runid bigint)
RETURNS boolean
LANGUAGE plpgsql STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.require_own((SELECT d.username FROM cron.job_run_details d WHERE d.runid = $1), format('Run %s', $1));
    IF NOT EXISTS (SELECT FROM cron_engine.working_set) THEN
        RAISE EXCEPTION 'the scheduler has not started since the server did'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Try again in some seconds.';
    END IF;
    -- A run that waits ends here; the daemon stops one that runs.
    WITH waiting AS (
        DELETE FROM cron_engine.queue q WHERE q.runid = $1 AND q.pid IS NULL RETURNING q.runid, q.jobid
    ), ended AS (
        INSERT INTO cron_engine.ended_run (runid, jobid, status, canceled) SELECT w.runid, w.jobid, 'failed', true FROM waiting w
    )
    UPDATE cron.job_run_details d
       SET status = 'failed', end_time = clock_timestamp(), return_message = 'job canceled', sqlstate = '57014',
           note = concat_ws('; ', d.note, 'canceled by ' || cron_engine.caller())
      FROM waiting w WHERE d.runid = w.runid;
    IF FOUND THEN
        RETURN true;
    END IF;
    UPDATE cron_engine.queue q
       SET stop_reason = 'cancel', stop_asked_at = clock_timestamp(), stop_asked_by = cron_engine.caller()
     WHERE q.runid = $1 AND q.stop_reason IS NULL;
    -- Only with the row of the queue locked, or others would wait for this transaction.
    IF FOUND THEN
        PERFORM cron_engine.keep_run($1);
    END IF;
    RETURN EXISTS (SELECT FROM cron_engine.queue q WHERE q.runid = $1);
END;
$body$;
COMMENT ON FUNCTION cron.cancel(bigint) IS 'Stops a run: one that waits at once, one that runs within two seconds. False: it had ended already. Errors: P0002 for a run that does not exist or is another''s, 55000 for the moments after a crash of the server.';
