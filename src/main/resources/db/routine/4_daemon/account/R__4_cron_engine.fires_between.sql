CREATE OR REPLACE FUNCTION cron_engine.fires_between(schedule cron_engine.schedule, timezone text, anchor timestamptz, after timestamptz, until timestamptz)
RETURNS SETOF timestamptz
LANGUAGE plpgsql STABLE ROWS 1000
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_every bigint := extract(epoch FROM schedule.every) * 1000000;
    v_fire  timestamptz := after;
BEGIN
    IF schedule.kind = 'interval' THEN
        -- All at once, and to both sides of the anchor: any fire that is known tells where the others were.
        RETURN QUERY
        SELECT anchor + k * v_every * interval '1 microsecond'
          FROM generate_series(div(extract(epoch FROM after - anchor) * 1000000, v_every)::bigint - 1,
                               div(extract(epoch FROM until - anchor) * 1000000, v_every)::bigint + 1) k
         WHERE anchor + k * v_every * interval '1 microsecond' > after AND anchor + k * v_every * interval '1 microsecond' <= until;
        RETURN;
    END IF;
    LOOP
        v_fire := cron_engine.next_fire(schedule, timezone, v_fire);
        EXIT WHEN v_fire > until OR v_fire IS NULL;
        RETURN NEXT v_fire;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.fires_between(cron_engine.schedule, text, timestamptz, timestamptz, timestamptz) IS
    'All fires of a schedule later than after and not later than until. anchor: a fire of an interval''s grid, or its origin.';
