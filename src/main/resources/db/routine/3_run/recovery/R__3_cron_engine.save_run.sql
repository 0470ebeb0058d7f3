CREATE OR REPLACE FUNCTION cron_engine.save_run(run bigint)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    DELETE FROM cron_engine.saved_run k WHERE k.runid = run;
    INSERT INTO cron_engine.saved_run SELECT q.* FROM cron_engine.queue q WHERE q.runid = run;
END;
$body$;
COMMENT ON FUNCTION cron_engine.save_run(bigint) IS
    'Keeps a row of the queue beyond a crash, as it is now: for what neither the history nor the job says of the run. Called in the transaction of each such change.';
