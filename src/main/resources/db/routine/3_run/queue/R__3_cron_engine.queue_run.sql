CREATE OR REPLACE FUNCTION cron_engine.queue_run(
    job cron_engine.effective_job, trigger text, attempt integer, origin_runid bigint, note text, not_before timestamptz, now timestamptz)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_runid bigint;
BEGIN
    IF trigger = 'manual' THEN
        PERFORM cron_engine.require_home();
    END IF;
    INSERT INTO cron.job_run_details AS d (jobid, database, username, command, status, scheduled_time, queued_time, trigger, attempt, origin_runid, note)
    VALUES (job.jobid, job.database, job.username, job.command, 'queued',
            (SELECT o.scheduled_time FROM cron.job_run_details o WHERE o.runid = $4), now, $2, $3, $4, $5)
    RETURNING d.runid INTO v_runid;
    -- Not ready: only the daemon says when a run may start, because only it sees all of them.
    INSERT INTO cron_engine.queue
    SELECT e.* FROM cron_engine.entry_of(job, v_runid, retry => trigger = 'retry', not_before => $6) e;
    PERFORM cron_engine.save_run(v_runid);
    RETURN v_runid;
END;
$body$;
COMMENT ON FUNCTION cron_engine.queue_run(cron_engine.effective_job, text, integer, bigint, text, timestamptz, timestamptz) IS
    'Queues one run outside a schedule, for the scheduled time of its origin. Returns its runid.';
