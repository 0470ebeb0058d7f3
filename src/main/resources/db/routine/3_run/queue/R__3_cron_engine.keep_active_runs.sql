CREATE OR REPLACE FUNCTION cron_engine.keep_active_runs()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF TG_WHEN = 'AFTER' THEN
        INSERT INTO cron.job_run_details SELECT s.* FROM cron_engine.spared_run s;
        DELETE FROM cron_engine.spared_run;
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM cron_engine.working_set_complete) OR current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'which runs wait or run cannot be told now' USING ERRCODE = 'object_in_use', HINT = 'Use DELETE, which leaves them.';
    END IF;
    -- The table is locked already: nobody ends or starts a run meanwhile.
    INSERT INTO cron_engine.spared_run SELECT d.* FROM cron.job_run_details d JOIN cron_engine.queue q USING (runid);
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.keep_active_runs() IS 'Keeps the rows of runs that wait or run when the history is truncated.';

CREATE OR REPLACE TRIGGER keep_active_runs BEFORE TRUNCATE ON cron.job_run_details
    FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.keep_active_runs();
CREATE OR REPLACE TRIGGER put_active_runs_back AFTER TRUNCATE ON cron.job_run_details
    FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.keep_active_runs();
