CREATE OR REPLACE FUNCTION cron.next_fires(schedule text, timezone text DEFAULT NULL, after timestamptz DEFAULT now(), count integer DEFAULT 5)
RETURNS SETOF timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_schedule cron_engine.schedule := cron_engine.parse_schedule(schedule);
    v_timezone text := coalesce(timezone, (SELECT s.timezone FROM cron.settings AS s));
    v_fire timestamptz := after;
BEGIN
    FOR i IN 1 .. coalesce(count, 0) LOOP
        v_fire := cron_engine.next_fire(v_schedule, v_timezone, v_fire, after);
        EXIT WHEN v_fire IS NULL;
        RETURN NEXT v_fire;
    END LOOP;
EXCEPTION WHEN invalid_parameter_value THEN
    -- The schedule was read before.
    RAISE EXCEPTION '%', SQLERRM
        USING ERRCODE = SQLSTATE, HINT = 'Use a name from pg_timezone_names, such as Europe/Berlin.', COLUMN = 'timezone';
END;
$body$;
COMMENT ON FUNCTION cron.next_fires(text, text, timestamptz, integer) IS 'The next times a schedule fires, strictly later than after. The time zone is that of cron.settings unless given. Intervals are counted from after. No row: the schedule never fires, or not at a time known beforehand (@reboot, @after).';
