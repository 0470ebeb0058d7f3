-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.clock_change(timezone text, low timestamptz, high timestamptz)
RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_offset interval := low AT TIME ZONE timezone - low AT TIME ZONE 'UTC';
    v_low timestamptz := low;
    v_seconds integer := ceil(extract(epoch FROM high - low));
    v_middle timestamptz;
BEGIN
    -- PostgreSQL has no function that tells when a zone's offset changes: halve the span until a second is left.
    WHILE v_seconds > 1 LOOP
        v_middle := v_low + make_interval(secs => v_seconds / 2);
        IF v_middle AT TIME ZONE timezone - v_middle AT TIME ZONE 'UTC' = v_offset THEN
            v_low := v_middle;
            v_seconds := v_seconds - v_seconds / 2;
        ELSE
            v_seconds := v_seconds / 2;
        END IF;
    END LOOP;
    RETURN v_low + interval '1 second';
END;
$body$;
COMMENT ON FUNCTION cron_engine.clock_change(text, timestamptz, timestamptz) IS 'The moment between two others, which have different offsets, at which a zone''s clock was set forward or back.';
