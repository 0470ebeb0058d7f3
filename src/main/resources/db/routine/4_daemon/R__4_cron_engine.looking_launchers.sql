CREATE OR REPLACE FUNCTION cron_engine.looking_launchers()
RETURNS text[]
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT coalesce(nullif(current_setting('cronlink.looking', true), '')::text[], '{}')
$body$;
COMMENT ON FUNCTION cron_engine.looking_launchers() IS
    'Launchers that were asked how their workers get on, see look_at_workers(), and were not heard since.';
