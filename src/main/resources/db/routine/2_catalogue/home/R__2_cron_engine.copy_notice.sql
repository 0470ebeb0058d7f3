CREATE OR REPLACE FUNCTION cron_engine.copy_notice()
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT format('database "%s" is a copy of database "%s": its jobs do not fire until somebody says so, by SELECT cron.adopt() in it or '
                  'CRONLINK_DAEMON_ADOPT=%1$s for the service', current_database(), c)
      FROM cron_engine.copy_of() c
     WHERE c IS NOT NULL
$body$;
COMMENT ON FUNCTION cron_engine.copy_notice() IS 'Says that this database is a copy whose jobs do not fire; NULL: it is none.';
