CREATE OR REPLACE FUNCTION cron_engine.wait_until(at timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Whole milliseconds, see sleep_time(). Not for long, should the clock have been set back.
    PERFORM pg_sleep((floor(least(1000 * extract(epoch FROM at - clock_timestamp()), 10) - 0.3) - 0.1) / 1000);
    WHILE at BETWEEN clock_timestamp() AND clock_timestamp() + interval '1.5 ms' LOOP
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.wait_until(timestamptz) IS 'Waits for a time that is some milliseconds away, to a fraction of one.';
