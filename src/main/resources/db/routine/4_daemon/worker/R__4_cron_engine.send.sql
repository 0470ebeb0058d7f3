CREATE OR REPLACE FUNCTION cron_engine.send(worker_name text, call text)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RETURN ${dblink}.dblink_send_query(worker_name, call) = 1;
EXCEPTION WHEN OTHERS THEN
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.send(text, text) IS 'Sends a worker its CALL; false: its connection is broken.';
