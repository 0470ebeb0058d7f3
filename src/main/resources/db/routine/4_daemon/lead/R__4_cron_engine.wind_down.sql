CREATE OR REPLACE FUNCTION cron_engine.wind_down()
RETURNS TABLE (runid bigint, jobid bigint, jobname text)
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    -- The next daemon makes them ready again.
    UPDATE cron_engine.queue q SET ready = false
     WHERE q.runid IN (SELECT w.runid FROM cron_engine.queue w WHERE w.ready AND w.pid IS NULL FOR UPDATE SKIP LOCKED);
    SELECT q.runid, q.jobid, j.jobname
      FROM cron_engine.queue q
      LEFT JOIN cron.job j USING (jobid)
     WHERE q.ready AND cron_engine.is_worker_alive(q.pid, q.login)
     ORDER BY q.runid
$body$;
COMMENT ON FUNCTION cron_engine.wind_down() IS 'For when no daemon leads and the server is about to stop: no waiting run starts any more. Returns those that are running.';
