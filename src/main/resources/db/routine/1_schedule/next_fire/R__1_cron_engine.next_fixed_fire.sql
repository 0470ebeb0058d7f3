-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.next_fixed_fire(schedule cron_engine.schedule, timezone text, after timestamptz)
RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_match timestamp := after AT TIME ZONE timezone;
    v_fire timestamptz;
BEGIN
    LOOP
        v_match := cron_engine.next_match(schedule, v_match);
        v_fire := cron_engine.instant_of(v_match, timezone);
        -- A match is already past when an hour repeats itself and this is the second time.
        EXIT WHEN v_fire > after OR v_match IS NULL;
    END LOOP;
    RETURN v_fire;
END;
$body$;
COMMENT ON FUNCTION cron_engine.next_fixed_fire(cron_engine.schedule, text, timestamptz) IS 'Next fire of a schedule of fixed local times: each fires once a day, whatever the zone''s clock does.';
