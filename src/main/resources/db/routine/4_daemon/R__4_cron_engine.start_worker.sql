CREATE OR REPLACE FUNCTION cron_engine.start_worker(worker_name text, now timestamptz)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF ${dblink}.dblink_send_query(worker_name, 'CALL cron_engine.work(''1 s'')') = 1 THEN
        UPDATE cron_engine.worker w SET busy = true, since = now WHERE w.name = worker_name;
        RETURN true;
    END IF;
    PERFORM cron_engine.close_worker(worker_name);
    RETURN false;
EXCEPTION WHEN OTHERS THEN
    PERFORM cron_engine.close_worker(worker_name);
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.start_worker(text, timestamptz) IS 'Sets an idle worker to work; false: its connection was broken, and it is gone.';
