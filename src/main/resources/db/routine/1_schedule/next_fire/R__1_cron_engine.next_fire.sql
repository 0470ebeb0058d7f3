CREATE OR REPLACE FUNCTION cron_engine.next_fire(schedule cron_engine.schedule, timezone text, after timestamptz, anchor timestamptz DEFAULT NULL)
RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_zone text := coalesce(timezone, 'GMT');
    v_fire timestamptz;
BEGIN
    -- At the edges of the calendar there is no room left for arithmetic, and infinity has no next moment.
    IF after IS NULL OR after >= timestamptz '290000-01-01 00:00:00+00' OR after < timestamptz '4700-01-01 00:00:00+00 BC' THEN
        RETURN NULL;
    ELSIF schedule.kind = 'cron' AND schedule.follows_clock THEN
        RETURN cron_engine.next_clock_fire(schedule, v_zone, after);
    ELSIF schedule.kind = 'cron' THEN
        RETURN cron_engine.next_fixed_fire(schedule, v_zone, after);
    ELSIF schedule.kind = 'interval' AND (anchor IS NULL OR anchor < timestamptz '290000-01-01 00:00:00+00') THEN
        RETURN cron_engine.next_grid_fire(schedule.every, after, coalesce(anchor, after));
    ELSIF schedule.kind = 'at' THEN
        v_fire := cron_engine.instant_of(schedule.at_local, coalesce(schedule.at_zone, v_zone));
        RETURN CASE WHEN v_fire > after THEN v_fire END;
    END IF;
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.next_fire(cron_engine.schedule, text, timestamptz, timestamptz) IS 'The first moment later than after at which a schedule fires in a time zone (GMT if NULL); NULL: never. Interval schedules fire on the grid anchor + k * every, k >= 1; without anchor the grid begins at after. Kinds reboot and after have no time of their own: NULL.';
