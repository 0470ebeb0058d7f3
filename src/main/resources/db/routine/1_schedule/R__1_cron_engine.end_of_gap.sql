CREATE OR REPLACE FUNCTION cron_engine.end_of_gap(skipped timestamp, timezone text)
RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    -- A clock has been set forward by up to 24 hours (Samoa, Tokelau: a change of the date line), from offsets within a day of UTC.
    v_before timestamptz := skipped AT TIME ZONE 'UTC' - interval '51 hours';
    v_seconds int := 102 * 3600;
BEGIN
    -- Finds the second at which the local clock passes the skipped time, by halving the span.
    WHILE v_seconds > 1 LOOP
        IF (v_before + make_interval(secs => v_seconds / 2)) AT TIME ZONE timezone < skipped THEN
            v_before := v_before + make_interval(secs => v_seconds / 2);
            v_seconds := v_seconds - v_seconds / 2;
        ELSE
            v_seconds := v_seconds / 2;
        END IF;
    END LOOP;
    RETURN v_before + interval '1 second';
END
$body$;

COMMENT ON FUNCTION cron_engine.end_of_gap(timestamp, text) IS 'The moment at which a zone''s clock was set forward over a local time that therefore does not exist.';
