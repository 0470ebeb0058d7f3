CREATE OR REPLACE FUNCTION cron_engine.alarm_settings_changed()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'cron.alarm_settings must keep its one row' USING ERRCODE = 'restrict_violation', HINT = 'Use UPDATE.';
    END IF;
    IF NEW.quiet_timezone IS NOT NULL AND NEW.quiet_timezone IS DISTINCT FROM OLD.quiet_timezone AND NOT cron_engine.is_timezone(NEW.quiet_timezone) THEN
        RAISE EXCEPTION 'time zone "%" not recognized', NEW.quiet_timezone
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use a name from pg_timezone_names, such as Europe/Berlin.', COLUMN = 'quiet_timezone';
    END IF;
    RETURN NEW;
END;
$body$;
COMMENT ON FUNCTION cron_engine.alarm_settings_changed() IS 'Checks a change of cron.alarm_settings.';

CREATE OR REPLACE TRIGGER alarm_settings_changed BEFORE UPDATE OR DELETE ON cron.alarm_settings
    FOR EACH ROW EXECUTE FUNCTION cron_engine.alarm_settings_changed();
CREATE OR REPLACE TRIGGER alarm_settings_emptied BEFORE TRUNCATE ON cron.alarm_settings
    FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.alarm_settings_changed();
