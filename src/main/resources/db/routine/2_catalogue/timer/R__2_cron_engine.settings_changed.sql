CREATE OR REPLACE FUNCTION cron_engine.settings_changed()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'cron.settings must keep its one row' USING ERRCODE = 'restrict_violation', HINT = 'Use UPDATE.';
    END IF;
    IF NEW.timezone <> OLD.timezone AND NOT cron_engine.is_timezone(NEW.timezone) THEN
        RAISE EXCEPTION 'time zone "%" not recognized', NEW.timezone
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use a name from pg_timezone_names, such as Europe/Berlin.', COLUMN = 'timezone';
    END IF;
    RETURN NEW;
END;
$body$;
COMMENT ON FUNCTION cron_engine.settings_changed() IS 'Checks a change of cron.settings.';

CREATE OR REPLACE TRIGGER settings_changed BEFORE UPDATE OR DELETE ON cron.settings
    FOR EACH ROW EXECUTE FUNCTION cron_engine.settings_changed();
CREATE OR REPLACE TRIGGER settings_emptied BEFORE TRUNCATE ON cron.settings
    FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.settings_changed();
