CREATE OR REPLACE FUNCTION cron_engine.reversed_ranges(schedule text)
RETURNS SETOF text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RETURN QUERY SELECT ranges.range
      FROM (SELECT f.place, r.n, r.range, p.first > p.last AS is_reversed,
                   count(*) FILTER (WHERE p.ends_field) OVER (PARTITION BY f.place ORDER BY r.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ends_before
              FROM (VALUES (1, 0, 59, NULL::text[]), (2, 0, 23, NULL), (3, 1, 31, NULL),
                           (4, 1, 12, cron_engine.month_names()), (5, 0, 7, cron_engine.weekday_names())) AS f (place, low, high, names),
                   cron_engine.strip_comments(schedule) AS stripped,
                   unnest(string_to_array((cron_engine.split_fields(stripped))[f.place], ',')) WITH ORDINALITY AS r (range, n),
                   cron_engine.parse_range(r.range, f.low, f.high, f.names) AS p
             WHERE NOT starts_with(stripped, '@')) AS ranges
     WHERE is_reversed AND ends_before = 0
     ORDER BY place, n;
END;
$body$;
COMMENT ON FUNCTION cron_engine.reversed_ranges(text) IS 'The ranges of a valid schedule that wrap around, such as 22-2 or fri-mon.';
