CREATE OR REPLACE FUNCTION cron_engine.queue_run(
    jobid bigint, username text, database text, command text, login text, priority integer, may_overlap boolean, top_level boolean,
    timeout interval, job_group text, plain boolean, remote_nodename text, remote_nodeport integer, remote_database text,
    trigger text, attempt integer, origin_runid bigint, note text, not_before timestamptz, now timestamptz)
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
    VALUES ($1, $3, $2, $4, 'queued', (SELECT o.scheduled_time FROM cron.job_run_details o WHERE o.runid = $17), now, $15, $16, $17, $18)
    RETURNING d.runid INTO v_runid;
    -- Not ready: only the daemon says when a run may start, because only it sees all of them.
    INSERT INTO cron_engine.queue (runid, jobid, login, username, priority, ready, may_overlap, top_level, not_before, timeout, job_group,
                                   plain, retry, nodename, nodeport, database)
    VALUES (v_runid, $1, coalesce($5, $2), $2, $6, false, $7, $8, $19, $9, $10, $11, $15 = 'retry', $12, $13, $14);
    PERFORM cron_engine.save_run(v_runid);
    RETURN v_runid;
END;
$body$;
COMMENT ON FUNCTION cron_engine.queue_run(bigint, text, text, text, text, integer, boolean, boolean, interval, text, boolean, text, integer, text,
    text, integer, bigint, text, timestamptz, timestamptz) IS 'Queues one run outside a schedule, for the scheduled time of its origin. Returns its runid.';
