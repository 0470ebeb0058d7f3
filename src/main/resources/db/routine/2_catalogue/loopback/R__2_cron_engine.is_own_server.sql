CREATE OR REPLACE FUNCTION cron_engine.is_own_server(home cron_engine.home)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT home.copy_of IS NOT NULL
           OR home.nodeport = current_setting('port')::integer
              AND (SELECT coalesce(i.system_identifier = home.system_identifier, i.database_oid = home.database_oid) FROM cron_engine.identity() i)
$body$;
COMMENT ON FUNCTION cron_engine.is_own_server(cron_engine.home) IS
    'Whether an address that was tried was tried on this server: in a database that has just been restored it may be the original''s.';
