-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.next_grid_fire(every interval, after timestamptz, anchor timestamptz)
RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_every bigint := extract(epoch FROM every) * 1000000;
    v_gone bigint := extract(epoch FROM after - anchor) * 1000000;
BEGIN
    IF v_every < 100000 THEN
        -- Nobody may write such a schedule. Who walks along a grid that does not lead on would never end.
        RAISE EXCEPTION 'the distance of the fires is less than 100 milliseconds' USING ERRCODE = 'numeric_value_out_of_range';
    END IF;
    IF v_gone <= 0 THEN
        RETURN anchor + every;
    END IF;
    -- From the last point of the grid, so that no rounding error adds up over the years.
    RETURN after + (v_every - v_gone % v_every) * interval '1 microsecond';
END;
$body$;
COMMENT ON FUNCTION cron_engine.next_grid_fire(interval, timestamptz, timestamptz) IS 'The first point later than after of the grid anchor + k * every, k >= 1.';
