CREATE OR REPLACE FUNCTION cron.cancel(runid bigint)
RETURNS boolean
LANGUAGE plpgsql STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.require_own((SELECT d.username FROM cron.job_run_details d WHERE d.runid = $1), format('Run %s', $1));
    PERFORM cron_engine.restore_working_set(clock_timestamp());
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
    PERFORM cron_engine.keep_run($1);
    RETURN EXISTS (SELECT FROM cron_engine.queue q WHERE q.runid = $1);
END;
$body$;
COMMENT ON FUNCTION cron.cancel(bigint) IS 'Stops a run: one that waits at once, one that runs within two seconds. False: it had ended already. Error P0002 for a run that does not exist or is another''s.';
