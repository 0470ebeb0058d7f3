CREATE OR REPLACE FUNCTION cron_engine.is_settled()
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT h.copy_of IS NULL
           AND (h.system_identifier, h.database_oid, h.database, h.nodeport)
               IS NOT DISTINCT FROM (i.system_identifier, i.database_oid, current_database()::text, current_setting('port')::integer)
      FROM cron_engine.home h
     CROSS JOIN cron_engine.identity() i
$body$;
COMMENT ON FUNCTION cron_engine.is_settled() IS 'Whether this is the database that cron_engine.home describes.';
