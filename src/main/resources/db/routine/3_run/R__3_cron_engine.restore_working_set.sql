CREATE OR REPLACE FUNCTION cron_engine.restore_working_set(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF EXISTS (SELECT FROM cron_engine.working_set) THEN
        RETURN;
    END IF;
    INSERT INTO cron_engine.due (jobid, next_fire) SELECT t.jobid, t.next_fire FROM cron_engine.timer t WHERE t.next_fire IS NOT NULL
    ON CONFLICT DO NOTHING;
    -- Runs of a job that was unscheduled since.
    UPDATE cron.job_run_details d
       SET status = 'skipped', start_time = now, end_time = now, return_message = 'job unscheduled'
     WHERE d.runid >= (SELECT p.first_runid FROM cron_engine.recovery_point p)
           AND d.status = 'queued' AND d.jobid IS NOT NULL AND NOT EXISTS (SELECT FROM cron.job j WHERE j.jobid = d.jobid);
    DELETE FROM cron_engine.kept_run k
     WHERE NOT EXISTS (SELECT FROM cron.job_run_details d WHERE d.runid = k.runid AND d.status IN ('queued', 'running'));
    PERFORM cron_engine.restore_queue();
    INSERT INTO cron_engine.working_set (complete_since) VALUES (now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.restore_working_set(timestamptz) IS
    'Fills the unlogged tables anew after a crash of the server, or its recovery from a backup, has emptied them: the timers that are due from the timers, the queue from the history. Does nothing otherwise.';
