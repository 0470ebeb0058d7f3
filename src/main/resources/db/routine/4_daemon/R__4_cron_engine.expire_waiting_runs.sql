CREATE OR REPLACE FUNCTION cron_engine.expire_waiting_runs(now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH late AS (
        SELECT q.runid
          FROM cron_engine.queue q
          JOIN cron.job_run_details d USING (runid)
         WHERE q.pid IS NULL AND q.start_before <= now
           FOR UPDATE SKIP LOCKED
    ), gone AS (
        DELETE FROM cron_engine.queue q USING late l WHERE q.runid = l.runid RETURNING q.runid, q.jobid
    ), recorded AS (
        UPDATE cron.job_run_details d SET status = 'skipped', return_message = 'start deadline passed', start_time = now, end_time = now
          FROM gone g WHERE d.runid = g.runid
    )
    INSERT INTO cron_engine.ended_run (runid, jobid, status) SELECT g.runid, g.jobid, 'skipped' FROM gone g
$body$;
COMMENT ON FUNCTION cron_engine.expire_waiting_runs(timestamptz) IS 'Skips runs that could not start before their deadline.';
