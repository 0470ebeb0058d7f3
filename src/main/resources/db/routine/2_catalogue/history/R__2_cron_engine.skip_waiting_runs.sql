CREATE OR REPLACE FUNCTION cron_engine.skip_waiting_runs(job_id bigint, reason text)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.skip_runs(ARRAY(SELECT q.runid FROM cron_engine.queue q WHERE q.jobid = $1 AND q.pid IS NULL), reason, clock_timestamp());
    -- After a crash of the server the queue is empty until a daemon fills it again from here.
    UPDATE cron.job_run_details d
       SET status = 'skipped', return_message = reason, start_time = n.now, end_time = n.now
      FROM (SELECT clock_timestamp() AS now OFFSET 0) n
     WHERE NOT EXISTS (SELECT FROM cron_engine.working_set_complete) AND d.jobid = $1 AND d.status = 'queued';
$body$;
COMMENT ON FUNCTION cron_engine.skip_waiting_runs(bigint, text) IS 'Skips what waits of a job, its retries too; what runs goes on and is recorded.';
