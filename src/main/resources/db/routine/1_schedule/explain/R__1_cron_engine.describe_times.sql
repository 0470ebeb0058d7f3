CREATE OR REPLACE FUNCTION cron_engine.describe_times(schedule cron_engine.schedule)
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_minute record := cron_engine.find_pattern(schedule.minutes, 0);
    v_hour record := cron_engine.find_pattern(schedule.hours, 0);
    v_past text := ' minutes past the hour';
BEGIN
    -- A step that does not divide the day is no rhythm a reader could go on with.
    IF (v_hour.pattern IN ('one', 'list') OR cardinality(v_hour.items) = 2 OR 24 % v_hour.step > 0)
        AND (v_minute.pattern IN ('one', 'list') OR cardinality(v_minute.items) = 2 OR 60 % v_minute.step > 0)
        AND cardinality(v_minute.items) * cardinality(v_hour.items) <= 6
    THEN
        RETURN 'At ' || cron_engine.list_items(array(
            SELECT to_char(make_time(h, m, 0), 'HH24:MI') FROM unnest(v_hour.items) AS h, unnest(v_minute.items) AS m ORDER BY h, m));
    ELSIF v_minute.items = '{0}' AND v_hour.pattern IN ('all', 'run', 'step') AND 24 % v_hour.step = 0 THEN
        RETURN CASE WHEN v_hour.pattern = 'step' THEN format('Every %s hours', v_hour.step) ELSE 'Every hour' END
            || CASE
                WHEN v_hour.pattern = 'run' THEN format(' from %s:00 through %s:00', to_char(v_hour.first, 'FM00'), to_char(v_hour.last, 'FM00'))
                WHEN v_hour.pattern = 'step' AND v_hour.first > 0 THEN format(' from %s:00', to_char(v_hour.first, 'FM00'))
                ELSE '' END;
    END IF;
    RETURN CASE
        WHEN v_minute.pattern = 'all' THEN 'Every minute'
        WHEN v_minute.pattern = 'run' THEN format('Every minute from %s through %s', v_minute.first, v_minute.last) || v_past
        WHEN v_minute.pattern = 'step' AND 60 % v_minute.step = 0 AND v_minute.first = 0 THEN format('Every %s minutes', v_minute.step)
        WHEN v_minute.pattern = 'step' AND 60 % v_minute.step = 0 THEN format('Every %s minutes from %s', v_minute.step, v_minute.first) || v_past
        WHEN v_minute.items = '{1}' THEN 'At 1 minute past the hour'
        ELSE 'At ' || cron_engine.list_items(v_minute.items::text[]) || v_past
    END || cron_engine.describe_hours(schedule.hours);
END;
$body$;
COMMENT ON FUNCTION cron_engine.describe_times(cron_engine.schedule) IS 'The minutes and hours of a schedule in words.';
