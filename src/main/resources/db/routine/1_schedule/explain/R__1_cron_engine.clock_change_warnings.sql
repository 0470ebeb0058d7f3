CREATE OR REPLACE FUNCTION cron_engine.clock_change_warnings(schedule cron_engine.schedule, timezone text, now timestamptz)
RETURNS TABLE (code text, warning text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RETURN QUERY SELECT DISTINCT ON (c.code) c.code,
           format('In %s the clock is set %s from %s to %s on %s: %s.', timezone,
                  CASE c.code WHEN 'dst_skipped' THEN 'forward' ELSE 'back' END,
                  to_char(c.local_before, 'HH24:MI'), to_char(c.local_after, 'HH24:MI'), to_char(c.local_before, 'YYYY-MM-DD'),
                  to_char(c.match, 'HH24:MI') || CASE c.code
                      WHEN 'dst_skipped' THEN ' does not exist, the schedule fires right after the change'
                      ELSE ' comes twice, the schedule fires the first time' END)
      FROM (SELECT CASE WHEN change.local_after > change.local_before THEN 'dst_skipped' ELSE 'dst_repeated' END AS code, change.*,
                   CASE schedule.kind WHEN 'at' THEN schedule.at_local
                       ELSE cron_engine.next_match(schedule, least(change.local_before, change.local_after) - interval '1 microsecond') END AS match
              FROM cron_engine.clock_changes(timezone, greatest(now, schedule.at_local AT TIME ZONE timezone - interval '3 days'),
                       coalesce(schedule.at_local AT TIME ZONE timezone + interval '3 days', now + interval '12 years')) AS change
             WHERE schedule.kind = 'cron' AND NOT schedule.follows_clock
                   OR schedule.kind = 'at' AND cron_engine.next_fire(schedule, timezone, now) IS NOT NULL) AS c
     WHERE c.match >= least(c.local_before, c.local_after) AND c.match < greatest(c.local_before, c.local_after)
     ORDER BY c.code DESC, c.local_before;
END;
$body$;
COMMENT ON FUNCTION cron_engine.clock_change_warnings(cron_engine.schedule, text, timestamptz) IS 'The first change of a zone''s clock in the next twelve years, after which each date was on each weekday, that skips a fixed time of a schedule, and the first that repeats one.';
