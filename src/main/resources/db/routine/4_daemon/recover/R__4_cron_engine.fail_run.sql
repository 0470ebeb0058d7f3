CREATE OR REPLACE FUNCTION cron_engine.fail_run(runid bigint, message text, error_code text, now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    -- A sweep's time may be a little older than the last start.
    UPDATE cron.job_run_details d
       SET status = 'failed', return_message = message, sqlstate = error_code, job_pid = coalesce(d.job_pid, q.pid),
           start_time = coalesce(d.start_time, q.started_at, now), end_time = greatest(now, d.start_time, q.started_at),
           -- As in end_run().
           note = CASE WHEN error_code = '57014' THEN nullif(concat_ws('; ', d.note, 'canceled by ' || q.stop_asked_by), '') ELSE d.note END
      FROM (SELECT $1 AS runid) r LEFT JOIN cron_engine.queue q USING (runid)
     WHERE d.runid = $1;
    INSERT INTO cron_engine.ended_run (runid, jobid, status, username, job_group)
    SELECT d.runid, d.jobid, 'failed', CASE WHEN q.job_group IS NOT NULL THEN q.username END, q.job_group
      FROM cron.job_run_details d LEFT JOIN cron_engine.queue q USING (runid) WHERE d.runid = $1;
    DELETE FROM cron_engine.queue q WHERE q.runid = $1;
$body$;
COMMENT ON FUNCTION cron_engine.fail_run(bigint, text, text, timestamptz) IS 'Records that a run failed which no worker can speak for.';
