-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.instant_of(local_time timestamp, timezone text)
RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_instant timestamptz := local_time AT TIME ZONE timezone;
    v_shift interval := v_instant AT TIME ZONE timezone - local_time;
    v_first timestamptz;
BEGIN
    IF v_shift > interval '0' THEN
        -- The clock skips this time, and AT TIME ZONE has counted on with the offset of before.
        RETURN cron_engine.clock_change(timezone, v_instant - v_shift, v_instant);
    END IF;
    -- Of two instants AT TIME ZONE gives the later. If the clock was set back within the last day, look for the earlier, at the offset of then.
    v_shift := (v_instant - interval '25 hours') AT TIME ZONE timezone - (local_time - interval '25 hours');
    IF v_shift > interval '0' THEN
        v_first := v_instant - v_shift;
        IF v_first AT TIME ZONE timezone = local_time THEN
            RETURN v_first;
        END IF;
    END IF;
    RETURN v_instant;
END;
$body$;
COMMENT ON FUNCTION cron_engine.instant_of(timestamp, text) IS 'When a fixed local time is due: the first time of two, and right after the gap if the zone''s clock skips it.';
