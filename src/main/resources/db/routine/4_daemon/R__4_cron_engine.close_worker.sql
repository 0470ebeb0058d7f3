CREATE OR REPLACE FUNCTION cron_engine.close_worker(worker_name text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.disconnect(worker_name);
    DELETE FROM cron_engine.worker w WHERE w.name = worker_name;
END;
$body$;
COMMENT ON FUNCTION cron_engine.close_worker(text) IS 'Parts with a worker.';
