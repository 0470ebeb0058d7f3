-- SECURITY DEFINER, as cron.describe and cron.next_fires: the functions of cron_engine are closed to those who may ask.
CREATE OR REPLACE FUNCTION cron.check_schedule(schedule text, timezone text DEFAULT NULL)
RETURNS TABLE (code text, warning text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- First, and here: the context of an error is short then.
    v_valid cron_engine.schedule := cron_engine.parse_schedule(schedule);
BEGIN
    RETURN QUERY SELECT w.code, w.warning
      FROM cron_engine.schedule_warnings($1, coalesce($2, (SELECT s.timezone FROM cron.settings AS s)), now()) AS w;
EXCEPTION WHEN invalid_parameter_value THEN
    -- The schedule was read before.
    RAISE EXCEPTION '%', SQLERRM
        USING ERRCODE = SQLSTATE, HINT = 'Use a name from pg_timezone_names, such as Europe/Berlin.', COLUMN = 'timezone';
END;
$body$;
COMMENT ON FUNCTION cron.check_schedule(text, text) IS 'What may surprise in a schedule: one row per warning, none if all is well, error 22023 if it is invalid. The time zone is that of cron.settings unless given. Codes: sixth_field, never_fires, day_or_weekday, reversed_range, dst_skipped, dst_repeated, past.';
