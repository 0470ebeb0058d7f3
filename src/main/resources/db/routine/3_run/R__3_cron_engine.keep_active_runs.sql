CREATE OR REPLACE FUNCTION cron_engine.keep_active_runs()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF EXISTS (SELECT FROM cron_engine.queue) OR NOT EXISTS (SELECT FROM cron_engine.working_set) THEN
        RAISE EXCEPTION 'there are runs that wait or run' USING ERRCODE = 'object_in_use', HINT = 'Use DELETE, which leaves them.';
    END IF;
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.keep_active_runs() IS 'Keeps the history from being truncated while runs wait or run.';

DROP TRIGGER IF EXISTS keep_active_run ON cron.job_run_details;
CREATE TRIGGER keep_active_run BEFORE DELETE ON cron.job_run_details
    FOR EACH ROW WHEN (OLD.status IN ('queued', 'running')) EXECUTE FUNCTION cron_engine.keep_active_run();
DROP TRIGGER IF EXISTS keep_active_runs ON cron.job_run_details;
CREATE TRIGGER keep_active_runs BEFORE TRUNCATE ON cron.job_run_details
    FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.keep_active_runs();
