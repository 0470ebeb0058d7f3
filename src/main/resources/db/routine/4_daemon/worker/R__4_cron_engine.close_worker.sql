CREATE OR REPLACE FUNCTION cron_engine.close_worker(worker_name text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_launcher text;
BEGIN
    DELETE FROM cron_engine.worker w WHERE w.name = worker_name RETURNING w.launcher INTO v_launcher;
    IF FOUND THEN
        PERFORM cron_engine.give_orders(v_launcher, ARRAY[('close', worker_name, NULL, NULL)::cron_engine.launcher_order], clock_timestamp());
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.close_worker(text) IS 'Closes the session of a worker.';
