CREATE OR REPLACE FUNCTION cron_engine.sleep_until(moment timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_left double precision;
BEGIN
    LOOP
        v_left := 1000 * extract(epoch FROM moment - clock_timestamp());
        EXIT WHEN v_left <= 0;
        -- Whole milliseconds, and a little less, as pg_sleep rounds up; the rest of less than a millisecond and a quarter is waited away.
        IF v_left > 1.25 THEN
            PERFORM pg_sleep((floor(v_left - 0.25) - 0.1) / 1000);
        END IF;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.sleep_until(timestamptz) IS 'Returns at a time some milliseconds from now, as exactly as can be.';
