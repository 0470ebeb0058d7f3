CREATE OR REPLACE FUNCTION cron_engine.describe_days(schedule cron_engine.schedule)
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_names CONSTANT text[] := '{Sunday,Monday,Tuesday,Wednesday,Thursday,Friday,Saturday}';
    v_day record := cron_engine.find_pattern(schedule.days, 1);
    v_weekday record := cron_engine.find_pattern(schedule.weekdays, 1);
    v_days text;
    v_weekdays text;
    v_if text;
BEGIN
    v_days := CASE
        WHEN schedule.last_day THEN 'on the last day of the month'
        WHEN v_day.pattern = 'one' THEN format('on day %s of the month', v_day.first)
        WHEN v_day.pattern = 'run' AND v_day.first > v_day.last THEN format('from day %s of the month through day %s of the next', v_day.first, v_day.last)
        WHEN v_day.pattern = 'run' THEN format('on days %s through %s of the month', v_day.first, v_day.last)
        WHEN v_day.pattern = 'step' THEN format('every %s days from day %s of the month', v_day.step, v_day.first)
        WHEN v_day.pattern = 'list' THEN format('on days %s of the month', cron_engine.list_items(v_day.items::text[]))
    END;
    v_if := CASE v_weekday.pattern
        WHEN 'all' THEN NULL
        WHEN 'run' THEN v_names[v_weekday.first] || ' through ' || v_names[v_weekday.last]
        ELSE cron_engine.list_items(array(SELECT v_names[i] FROM unnest(v_weekday.items) AS i ORDER BY (i + 5) % 7), CASE WHEN v_days IS NOT NULL AND schedule.match_both THEN 'or' ELSE 'and' END)
    END;
    v_weekdays := CASE WHEN v_weekday.pattern = 'run' THEN v_if ELSE 'on ' || v_if END;
    RETURN CASE
        WHEN schedule.match_both AND v_days IS NOT NULL THEN coalesce(', ' || v_days || ', if that is ' || CASE v_weekday.pattern WHEN 'run' THEN v_if ELSE 'a ' || v_if END, ', ' || v_days)
        WHEN schedule.match_both THEN coalesce(', ' || v_weekdays, '')
        ELSE coalesce(', ' || v_days || ', and also ' || v_weekdays, '')
    END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.describe_days(cron_engine.schedule) IS 'The days of the month and the weekdays of a schedule in words.';
