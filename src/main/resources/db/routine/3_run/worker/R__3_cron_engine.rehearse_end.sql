CREATE OR REPLACE FUNCTION cron_engine.rehearse_end(runid bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
AS $body$
BEGIN
    IF runid >= 0 THEN
        RAISE EXCEPTION 'run % is none to rehearse with', runid USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO cron_engine.queue (runid, login, username, priority, ready, may_overlap, plain, pid, started_at)
    VALUES ($1, SESSION_USER, SESSION_USER, 0, false, true, true, pg_backend_pid(), clock_timestamp());
    PERFORM cron_engine.end_run($1, 0, 'succeeded', NULL, NULL, NULL, false, clock_timestamp(), NULL);
    RAISE EXCEPTION USING ERRCODE = 'CRLNK';
EXCEPTION WHEN SQLSTATE 'CRLNK' THEN
    NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.rehearse_end(bigint) IS 'Records the end of a run that is none, whose number is negative, and takes it back. For cron_engine.rehearse_run().';
