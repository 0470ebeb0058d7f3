CREATE OR REPLACE FUNCTION cron_engine.schedule_warnings(schedule text, timezone text, now timestamptz)
RETURNS TABLE (code text, warning text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_schedule cron_engine.schedule := cron_engine.parse_schedule(schedule);
BEGIN
    IF cron_engine.has_sixth_field(schedule) THEN
        RETURN QUERY SELECT 'sixth_field', 'The sixth field is ignored. Cron schedules have five fields, the first one is minutes; for seconds use an interval, such as ''10 seconds''.';
    END IF;
    IF v_schedule.kind = 'cron' AND cron_engine.next_fire(v_schedule, timezone, now) IS NULL THEN
        RETURN QUERY SELECT 'never_fires', 'No such day exists: the schedule never fires.';
    END IF;
    IF v_schedule.kind = 'cron' AND NOT v_schedule.match_both THEN
        RETURN QUERY SELECT 'day_or_weekday', 'Both the day of the month and the weekday are given: the schedule fires on days that meet either of them. For both, let one of the two fields begin with a star, as in ''0 0 1-7 * */7''.';
    END IF;
    RETURN QUERY SELECT 'reversed_range', format('%s wraps around. pg_cron accepts such a range, but matches other values or none.', string_agg(r.range, ', '))
        FROM cron_engine.reversed_ranges(schedule) AS r (range) HAVING count(*) > 0;
    RETURN QUERY SELECT w.code, w.warning FROM cron_engine.clock_change_warnings(v_schedule, coalesce(v_schedule.at_zone, timezone, 'GMT'), now) AS w;
    IF v_schedule.kind = 'at' AND cron_engine.next_fire(v_schedule, timezone, now) IS NULL THEN
        RETURN QUERY SELECT 'past', 'The time has passed: the schedule never fires.';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.schedule_warnings(text, text, timestamptz) IS 'What may surprise in a valid schedule, as seen at a moment. Codes: sixth_field, never_fires, day_or_weekday, reversed_range, dst_skipped, dst_repeated, past.';
