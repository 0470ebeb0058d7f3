CREATE OR REPLACE FUNCTION cron_engine.require_home()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_notice text := cron_engine.copy_notice();
BEGIN
    IF v_notice IS NOT NULL THEN
        RAISE EXCEPTION '%', v_notice USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_home() IS 'Refuses what would fire jobs, or let a run wait for ever, in a copy of a database.';
