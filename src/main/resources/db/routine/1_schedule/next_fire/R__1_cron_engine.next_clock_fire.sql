-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.next_clock_fire(schedule cron_engine.schedule, timezone text, after timestamptz)
RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_local timestamp := after AT TIME ZONE timezone;
    v_match timestamp := cron_engine.next_match(schedule, v_local);
    v_fire timestamptz := after + (v_match - v_local);
    v_again timestamptz := v_local AT TIME ZONE timezone;
BEGIN
    IF v_again > after THEN
        -- This local time will come again. Go on in the first round as long as it lasts, then from where the clock is set back to.
        IF v_fire < v_again AND v_fire AT TIME ZONE timezone = v_match THEN
            RETURN v_fire;
        END IF;
        v_match := cron_engine.next_match(schedule, v_local - (v_again - after));
    END IF;
    WHILE v_match IS NOT NULL LOOP
        v_fire := cron_engine.instant_of(v_match, timezone);
        IF v_fire AT TIME ZONE timezone <> v_match THEN
            -- Skipped by the clock: go on after the gap, with whose end the search begins.
            v_match := v_fire AT TIME ZONE timezone - interval '1 microsecond';
        ELSIF v_fire > after THEN
            RETURN v_fire;
        ELSIF v_match AT TIME ZONE timezone > after THEN
            RETURN v_match AT TIME ZONE timezone;
        END IF;
        v_match := cron_engine.next_match(schedule, v_match);
    END LOOP;
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.next_clock_fire(cron_engine.schedule, text, timestamptz) IS 'Next fire of a schedule that follows real time: it fires whenever the zone''s clock shows a time that matches.';
