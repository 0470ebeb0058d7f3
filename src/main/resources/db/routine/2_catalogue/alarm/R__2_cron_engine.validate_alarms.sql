CREATE OR REPLACE FUNCTION cron_engine.validate_alarms()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Not SECURITY DEFINER: of others' jobs row security shows nothing.
    IF NOT EXISTS (SELECT FROM cron.job j WHERE j.jobid = NEW.jobid) THEN
        RAISE EXCEPTION 'Job % does not exist or you don''t own it', NEW.jobid USING ERRCODE = 'no_data_found';
    END IF;
    RETURN NEW;
END;
$body$;
COMMENT ON FUNCTION cron_engine.validate_alarms() IS 'Checks each row of cron.job_alarms, however it is written.';

CREATE OR REPLACE TRIGGER validate_alarms BEFORE INSERT OR UPDATE ON cron.job_alarms
    FOR EACH ROW EXECUTE FUNCTION cron_engine.validate_alarms();
