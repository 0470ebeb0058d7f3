CREATE OR REPLACE FUNCTION cron_engine.looking_launchers()
RETURNS text[]
LANGUAGE sql STABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined.
    SELECT CASE pg_catalog.current_setting('cronlink.looking', true) WHEN '' THEN '{}' ELSE coalesce(pg_catalog.current_setting('cronlink.looking', true), '{}') END::text[]
$body$;
COMMENT ON FUNCTION cron_engine.looking_launchers() IS
    'Launchers that were asked how their workers get on, see look_at_workers(), and were not heard since.';
