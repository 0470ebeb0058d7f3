CREATE OR REPLACE FUNCTION cron_engine.version()
RETURNS integer
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT max(h.installed_rank) FROM cron_engine.flyway_schema_history h
$body$;
COMMENT ON FUNCTION cron_engine.version() IS 'Counts up with each migration: a daemon that began with an older one gives way.';
