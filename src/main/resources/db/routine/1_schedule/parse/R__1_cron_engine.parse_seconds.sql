-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.parse_seconds(schedule text)
RETURNS cron_engine.schedule
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_part text[] := regexp_match(lower(schedule COLLATE "C"), $re$^[ \t\n\v\f\r]*([+-]?)0*([0-9]+)[ \t\n\v\f\r]*second(s[ \t\n\v\f\r]*)?$$re$);
    v_seconds numeric;
    v_schedule cron_engine.schedule;
BEGIN
    -- pg_cron reads the number with sscanf("%u"): a sign is allowed, 64 bits are read, 32 are kept.
    IF length(v_part[2]) < 20 THEN
        v_seconds := mod((v_part[1] || v_part[2])::numeric + 4294967296::numeric * 4294967296, 4294967296);
        IF v_seconds BETWEEN 1 AND 59 THEN
            v_schedule.kind := 'interval';
            v_schedule.every := v_seconds::integer * interval '1 second';
        END IF;
    END IF;
    RETURN v_schedule;
END;
$body$;
COMMENT ON FUNCTION cron_engine.parse_seconds(text) IS 'A schedule of the form "[1-59] seconds"; its kind is NULL if it is none.';
