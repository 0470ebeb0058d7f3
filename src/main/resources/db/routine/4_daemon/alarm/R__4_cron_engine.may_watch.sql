CREATE OR REPLACE FUNCTION cron_engine.may_watch()
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT NOT pg_is_in_recovery() AND cron_engine.copy_notice() IS NULL
$body$;
COMMENT ON FUNCTION cron_engine.may_watch() IS 'Whether alarms are raised and sent here: not on a standby, nor of a copy, in which nobody is to lead.';
