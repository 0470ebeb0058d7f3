CREATE OR REPLACE FUNCTION cron_engine.give_back(runid bigint, pid integer)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.recover_run(q.runid, 0, false, q.stop_reason, clock_timestamp())
       FROM (SELECT q.runid, q.stop_reason
               FROM cron_engine.queue q
               JOIN cron.job_run_details d USING (runid)
              WHERE q.runid = $1 AND q.pid = $2
                FOR UPDATE SKIP LOCKED) q;
EXCEPTION WHEN OTHERS THEN
    -- It is found as a lost one when that session ends.
    RAISE LOG 'cronlink: run % was not given back: %', runid, SQLERRM;
END;
$body$;
COMMENT ON FUNCTION cron_engine.give_back(bigint, integer) IS
    'Lets a run wait again that was reserved for a worker and could not be begun. None of its tries is used up.';
