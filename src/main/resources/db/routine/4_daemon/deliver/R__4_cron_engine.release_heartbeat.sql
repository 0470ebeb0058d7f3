CREATE OR REPLACE FUNCTION cron_engine.release_heartbeat()
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    DELETE FROM cron_engine.heartbeat
$body$;
COMMENT ON FUNCTION cron_engine.release_heartbeat() IS 'The heartbeat''s address could not be called: another service may do better.';
