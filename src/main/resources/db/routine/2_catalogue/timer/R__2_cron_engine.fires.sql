CREATE OR REPLACE FUNCTION cron_engine.fires(timer cron_engine.timer, jitter interval, valid_until timestamptz, now timestamptz, until timestamptz, count integer)
RETURNS SETOF timestamptz
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_late interval := cron_engine.jitter(timer.jobid, jitter);
    v_fire timestamptz := timer.scheduled_time;
BEGIN
    FOR i IN 1 .. count LOOP
        EXIT WHEN v_fire IS NULL OR v_fire >= valid_until OR v_fire + v_late >= until;
        RETURN NEXT v_fire + v_late;
        -- What is owed is met once; from then on as the schedule says.
        v_fire := cron_engine.next_fire(timer.schedule, timer.timezone, greatest(v_fire, now), timer.anchor);
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.fires(cron_engine.timer, interval, timestamptz, timestamptz, timestamptz, integer) IS
    'The next fires of a timer, its jitter included, before until and at most so many.';
