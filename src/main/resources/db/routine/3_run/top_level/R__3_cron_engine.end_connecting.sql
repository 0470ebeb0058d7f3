CREATE OR REPLACE FUNCTION cron_engine.end_connecting(runid bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
AS $body$
BEGIN
    UPDATE cron_engine.queue q SET connect_before = NULL
     WHERE q.runid = $1 AND q.pid = pg_backend_pid() AND q.login = SESSION_USER AND q.connect_before IS NOT NULL;
    IF FOUND THEN
        PERFORM cron_engine.save_run($1);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.end_connecting(bigint) IS 'Notes that the connection is there: from now on the run may have had an effect.';
