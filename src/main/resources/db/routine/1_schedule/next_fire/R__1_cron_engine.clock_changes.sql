CREATE OR REPLACE FUNCTION cron_engine.clock_changes(timezone text, since timestamptz, until timestamptz)
RETURNS TABLE (local_before timestamp, local_after timestamp)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 10
SET search_path = pg_catalog, pg_temp
AS $body$
    -- By whole seconds: clocks change at such ones, and a fraction would stay in what is found. The series goes on past the end, as its
    -- last step may lead over it.
    SELECT (change - interval '1 second') AT TIME ZONE $1 + interval '1 second', change AT TIME ZONE $1
      FROM (SELECT d AS day, d AT TIME ZONE $1 - d AT TIME ZONE 'UTC' AS utc_offset,
                   lag(d AT TIME ZONE $1 - d AT TIME ZONE 'UTC') OVER (ORDER BY d) AS utc_offset_before
              FROM generate_series(date_trunc('second', since), until + interval '24 hours', interval '24 hours') AS d) AS days,
           cron_engine.clock_change($1, day - interval '24 hours', day) AS change
     WHERE utc_offset <> utc_offset_before AND change <= until
     ORDER BY change
$body$;
COMMENT ON FUNCTION cron_engine.clock_changes(text, timestamptz, timestamptz) IS 'What a zone''s clock showed when it was set forward or back, later than since and not later than until, and what it showed then.';
