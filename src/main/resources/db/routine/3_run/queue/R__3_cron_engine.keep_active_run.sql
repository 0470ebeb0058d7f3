CREATE OR REPLACE FUNCTION cron_engine.keep_active_run()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- A purge without a condition takes what has ended.
    IF EXISTS (SELECT FROM cron_engine.queue q WHERE q.runid = OLD.runid) OR NOT EXISTS (SELECT FROM cron_engine.working_set_complete) THEN
        RETURN NULL;
    END IF;
    RETURN OLD;
END;
$body$;
COMMENT ON FUNCTION cron_engine.keep_active_run() IS 'Keeps runs that wait or run from being deleted.';

CREATE OR REPLACE TRIGGER keep_active_run BEFORE DELETE ON cron.job_run_details
    FOR EACH ROW WHEN (OLD.status IN ('queued', 'running')) EXECUTE FUNCTION cron_engine.keep_active_run();
