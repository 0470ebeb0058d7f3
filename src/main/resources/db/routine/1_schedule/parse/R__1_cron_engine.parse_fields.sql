-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.parse_fields(fields text[])
RETURNS cron_engine.schedule
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_schedule cron_engine.schedule;
BEGIN
    IF cardinality(fields) < 5 THEN
        RETURN NULL;
    END IF;
    v_schedule.last_day := fields[3] = '$';
    v_schedule.minutes := cron_engine.parse_field(fields[1], 0, 59, NULL, 60);
    v_schedule.hours := cron_engine.parse_field(fields[2], 0, 23, NULL, 24);
    v_schedule.days := CASE WHEN v_schedule.last_day THEN 0::bit(31) ELSE cron_engine.parse_field(fields[3], 1, 31, NULL, 31) END;
    v_schedule.months := cron_engine.parse_field(fields[4], 1, 12, cron_engine.month_names(), 12);
    v_schedule.weekdays := cron_engine.parse_field(fields[5], 0, 7, cron_engine.weekday_names(), 7);
    -- Vixie cron's rule: only a star that comes first makes a field unrestricted, even with a step, so that 1-7 * */7 means the first Sunday.
    v_schedule.match_both := left(fields[3], 1) = '*' OR left(fields[5], 1) = '*';
    v_schedule.follows_clock := left(fields[1], 1) = '*' OR left(fields[2], 1) = '*';
    IF (v_schedule.minutes, v_schedule.hours, v_schedule.days, v_schedule.months, v_schedule.weekdays) IS NOT NULL THEN
        v_schedule.kind := 'cron';
    END IF;
    RETURN v_schedule;
END;
$body$;
COMMENT ON FUNCTION cron_engine.parse_fields(text[]) IS 'A schedule of five fields; its kind is NULL if a field is missing or invalid.';
