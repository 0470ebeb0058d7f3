CREATE OR REPLACE FUNCTION cron_engine.calendar_fires(schedule cron_engine.schedule, timezone text, after timestamptz, until timestamptz)
RETURNS SETOF timestamptz
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- Of a regular day, in minutes from its begin: a look-up for each fire would take fifty times as long.
    v_minutes integer[] := ARRAY(SELECT h * 60 + m FROM generate_series(0, 23) AS h, generate_series(0, 59) AS m
                                  WHERE get_bit(schedule.hours, h) = 1 AND get_bit(schedule.minutes, m) = 1 ORDER BY 1);
    v_day     date := (after AT TIME ZONE timezone)::date;
    v_start   timestamptz := v_day::timestamp AT TIME ZONE timezone;
    v_end     timestamptz;
    v_before  boolean := v_start - (v_day - 1)::timestamp AT TIME ZONE timezone = interval '24 hours';
    v_regular boolean;
    v_fire    timestamptz;
BEGIN
    -- As in next_fire(), the calendar's last years are left out.
    WHILE v_start < least(until, timestamptz '290000-01-01 00:00:00+00') LOOP
        v_end := (v_day + 1)::timestamp AT TIME ZONE timezone;
        v_regular := v_end - v_start = interval '24 hours';
        IF v_regular AND v_before THEN
            IF cron_engine.next_day(schedule, v_day) = v_day THEN
                RETURN QUERY SELECT f FROM (SELECT v_start + m * interval '1 minute' AS f FROM unnest(v_minutes) AS m) r WHERE f > after AND f < until;
            END IF;
        ELSE
            -- The clock changes on this day, or did on the one before, which may have left something to this one.
            v_fire := cron_engine.next_fire(schedule, timezone, greatest(after, v_start - interval '1 microsecond'));
            WHILE v_fire < least(v_end, until) LOOP
                RETURN NEXT v_fire;
                v_fire := cron_engine.next_fire(schedule, timezone, v_fire);
            END LOOP;
        END IF;
        v_before := v_regular;
        v_day := v_day + 1;
        v_start := v_end;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.calendar_fires(cron_engine.schedule, text, timestamptz, timestamptz) IS 'All fires of a schedule of kind cron later than after and before until, as next_fire() would tell them one by one.';
