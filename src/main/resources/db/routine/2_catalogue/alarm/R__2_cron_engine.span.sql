CREATE OR REPLACE FUNCTION cron_engine.span(lasting interval)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Whatever intervalstyle is. The two greatest units are enough.
    SELECT concat_ws(' ', CASE WHEN s >= 86400 THEN s / 86400 || ' d' END,
                     CASE WHEN s >= 3600 AND s % 86400 >= 3600 THEN s % 86400 / 3600 || ' h' END,
                     CASE WHEN s < 86400 AND s % 3600 >= 60 THEN s % 3600 / 60 || ' min' END,
                     CASE WHEN s < 3600 AND (s % 60 > 0 OR s = 0) THEN s % 60 || ' s' END)
      FROM (SELECT round(extract(epoch FROM greatest(lasting, '0')))::bigint) r (s)
$body$;
COMMENT ON FUNCTION cron_engine.span(interval) IS 'An interval as messages say it: 1 d 3 h, 2 h 5 min, 40 s.';
