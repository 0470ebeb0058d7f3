CREATE OR REPLACE FUNCTION cron_engine.validate_options()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NEW.timezone IS NOT NULL AND NOT cron_engine.is_timezone(NEW.timezone) THEN
        RAISE EXCEPTION 'time zone "%" not recognized', NEW.timezone
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use a name from pg_timezone_names, such as Europe/Berlin.', COLUMN = 'timezone';
    END IF;
    -- Not SECURITY DEFINER: of others' jobs row security shows nothing.
    IF NOT EXISTS (SELECT FROM cron.job j WHERE j.jobid = NEW.jobid) THEN
        RAISE EXCEPTION 'Job % does not exist or you don''t own it', NEW.jobid USING ERRCODE = 'no_data_found';
    END IF;
    RETURN NEW;
END;
$body$;
COMMENT ON FUNCTION cron_engine.validate_options() IS 'Checks each row of cron.job_options, however it is written.';

CREATE OR REPLACE TRIGGER validate_options BEFORE INSERT OR UPDATE ON cron.job_options
    FOR EACH ROW EXECUTE FUNCTION cron_engine.validate_options();
