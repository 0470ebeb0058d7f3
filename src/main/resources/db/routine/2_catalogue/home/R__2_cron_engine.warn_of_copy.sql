CREATE OR REPLACE FUNCTION cron_engine.warn_of_copy()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_notice text := cron_engine.copy_notice();
BEGIN
    IF v_notice IS NOT NULL THEN
        RAISE WARNING '%', v_notice;
    END IF;
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.warn_of_copy() IS 'Tells who makes jobs in a copy of a database that they will not fire.';

CREATE OR REPLACE TRIGGER warn_of_copy AFTER INSERT ON cron.job
    FOR EACH STATEMENT EXECUTE FUNCTION cron_engine.warn_of_copy();
