CREATE OR REPLACE FUNCTION cron_engine.tell_top_level()
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Like reset_session(), for what DISCARD ALL leaves of the command before; and the encoding, which is dblink's. All in one: each query there
    -- takes a millisecond.
    PERFORM FROM ${dblink}.dblink('cronlink top level', format($sql$
        SELECT pg_catalog.concat(
            pg_catalog.set_config('client_encoding', %L, false), cron_engine.close_connections(),
            CASE WHEN cron_engine.may_have_foreign_connections() THEN pg_catalog.concat(cron_engine.close_foreign_connections()) END,
            pg_catalog.setseed(pg_catalog.uuid_hash(pg_catalog.gen_random_uuid()) OPERATOR(pg_catalog./) 2147483648::pg_catalog.float8),
            %s)
        $sql$, getdatabaseencoding(), (
            SELECT string_agg(format('pg_catalog.set_config(%L, %L, false)', n, current_setting(n)), ', ')
              FROM unnest('{application_name,cronlink.runid,cronlink.jobid,cronlink.attempt,cronlink.scheduled_time}'::text[]) n))) AS r (done text);
    RETURN true;
EXCEPTION WHEN OTHERS THEN
    PERFORM cron_engine.disconnect('cronlink top level');
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.tell_top_level() IS
    'Tells the session at top level in the own database which run it is about to execute, and removes what the one before has left there; false: it was lost, and is closed.';
