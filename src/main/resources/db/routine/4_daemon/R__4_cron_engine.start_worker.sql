CREATE OR REPLACE FUNCTION cron_engine.start_worker(worker_name text, now timestamptz)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_seat integer;
BEGIN
    UPDATE cron_engine.worker w SET busy = true, since = now WHERE w.name = worker_name RETURNING w.seat INTO v_seat;
    IF cron_engine.send(worker_name, 'CALL cron_engine.work(''1 s'', ' || v_seat || ')') THEN
        RETURN true;
    END IF;
    PERFORM cron_engine.close_worker(worker_name);
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.start_worker(text, timestamptz) IS 'Sets an idle worker to work; false: its connection was broken, and it is gone.';
