-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.next_day(schedule cron_engine.schedule, day date)
RETURNS date
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_months bit varying := schedule.months || schedule.months;
    v_weeks bit varying := schedule.weekdays || schedule.weekdays || schedule.weekdays || schedule.weekdays || schedule.weekdays || schedule.weekdays;
    v_first date := date_trunc('month', day::timestamp);
    v_month integer := extract(month FROM day);
    v_from integer := day - v_first + 1;
    v_length integer;
    v_days bit varying;
    v_skip integer;
BEGIN
    -- The longest wait is 40 years: for a 29 February on a certain weekday, over a year like 2100.
    WHILE v_first - day < 41 * 366 LOOP
        IF substring(v_months FROM v_month FOR 1) = B'1' THEN
            v_length := (v_first + interval '1 month')::date - v_first;
            v_days := substring(schedule.days FOR v_length);
            IF schedule.last_day THEN
                v_days := set_bit(v_days, v_length - 1, 1);
            END IF;
            -- 2 January 2000 was a Sunday. The remainder of an earlier day is negative.
            v_skip := (v_first - date '2000-01-02') % 7;
            v_skip := CASE WHEN v_skip < 0 THEN v_skip + 7 ELSE v_skip END;
            IF schedule.match_both THEN
                v_days := v_days & substring(v_weeks FROM v_skip + 1 FOR v_length);
            ELSE
                v_days := v_days | substring(v_weeks FROM v_skip + 1 FOR v_length);
            END IF;
            v_skip := position(B'1' IN substring(v_days FROM v_from));
            IF v_skip > 0 THEN
                RETURN v_first + v_from + v_skip - 2;
            END IF;
        END IF;
        v_skip := position(B'1' IN substring(v_months FROM v_month + 1));
        -- Nobody may write a schedule without any month.
        EXIT WHEN v_skip = 0;
        v_first := v_first + make_interval(months => v_skip);
        v_month := (v_month + v_skip - 1) % 12 + 1;
        v_from := 1;
    END LOOP;
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.next_day(cron_engine.schedule, date) IS 'The first day, not before the given one, that a schedule of kind cron allows; NULL: none ever.';
