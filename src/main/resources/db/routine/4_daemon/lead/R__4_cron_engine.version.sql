CREATE OR REPLACE FUNCTION cron_engine.version()
RETURNS integer
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RETURN (SELECT max(h.installed_rank) FROM cron_engine.flyway_schema_history h);
END;
$body$;
COMMENT ON FUNCTION cron_engine.version() IS 'Counts up with each migration: a daemon that began with an older one gives way.';
