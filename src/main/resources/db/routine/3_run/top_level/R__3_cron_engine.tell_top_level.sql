CREATE OR REPLACE FUNCTION cron_engine.tell_top_level()
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM FROM ${dblink}.dblink('cronlink top level', (
            SELECT format('SELECT pg_catalog.concat(%s)', string_agg(format('pg_catalog.set_config(%L, %L, false)', n, current_setting(n)), ', '))
              FROM unnest('{application_name,cronlink.runid,cronlink.jobid,cronlink.attempt,cronlink.scheduled_time}'::text[]) n)) AS r (done text);
    RETURN true;
EXCEPTION WHEN OTHERS THEN
    PERFORM cron_engine.disconnect('cronlink top level');
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.tell_top_level() IS
    'Tells the connection at top level in the own database which run it is about to execute; false: it was lost, and is closed.';
