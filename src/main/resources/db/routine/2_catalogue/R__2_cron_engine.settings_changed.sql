CREATE OR REPLACE FUNCTION cron_engine.settings_changed()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'cron.settings has one row, which stays' USING ERRCODE = 'restrict_violation', HINT = 'Use UPDATE.';
    END IF;
    IF NEW.timezone <> OLD.timezone THEN
        PERFORM cron_engine.validate_timezone(NEW.timezone);
    END IF;
    RETURN NEW;
END;
$body$;
COMMENT ON FUNCTION cron_engine.settings_changed() IS 'Checks a change of cron.settings.';
