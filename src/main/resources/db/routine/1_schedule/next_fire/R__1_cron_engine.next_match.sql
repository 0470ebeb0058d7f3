-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.next_match(schedule cron_engine.schedule, after timestamp)
RETURNS timestamp
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_from timestamp := date_trunc('minute', after) + interval '1 minute';
    v_day date := cron_engine.next_day(schedule, v_from::date);
    v_hour integer := extract(hour FROM v_from);
    v_skip integer;
BEGIN
    -- Without any hour or minute, which nobody may write, the answer is NULL: a match that is no later than the last would be looked for without end.
    IF v_day = v_from::date THEN
        IF get_bit(schedule.hours, v_hour) = 1 THEN
            v_skip := position(B'1' IN substring(schedule.minutes FROM extract(minute FROM v_from)::integer + 1));
            IF v_skip > 0 THEN
                RETURN v_from + make_interval(mins => v_skip - 1);
            END IF;
        END IF;
        v_skip := position(B'1' IN substring(schedule.hours FROM v_hour + 2));
        IF v_skip > 0 THEN
            RETURN v_day + make_interval(hours => v_hour + v_skip, mins => nullif(position(B'1' IN schedule.minutes), 0) - 1);
        END IF;
        v_day := cron_engine.next_day(schedule, v_day + 1);
    END IF;
    RETURN v_day + make_interval(hours => nullif(position(B'1' IN schedule.hours), 0) - 1, mins => nullif(position(B'1' IN schedule.minutes), 0) - 1);
END;
$body$;
COMMENT ON FUNCTION cron_engine.next_match(cron_engine.schedule, timestamp) IS 'The first minute later than the given local time that a schedule of kind cron names, as a calendar and a clock without time zone know it; NULL: none ever.';
