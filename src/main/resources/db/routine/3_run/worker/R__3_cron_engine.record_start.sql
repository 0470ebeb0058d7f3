CREATE OR REPLACE FUNCTION cron_engine.record_start(runid bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
AS $body$
BEGIN
    UPDATE cron.job_run_details d
       SET status = 'running', job_pid = q.pid, start_time = q.started_at
      FROM cron_engine.queue q
     WHERE q.runid = $1 AND q.pid = pg_backend_pid() AND q.login = SESSION_USER AND d.runid = $1 AND d.status = 'queued';
END;
$body$;
COMMENT ON FUNCTION cron_engine.record_start(bigint) IS
    'Records in the history that the run which this session holds has begun, where that must be known at once: others that last are recorded by the daemon, see cron_engine.notify_started().';
