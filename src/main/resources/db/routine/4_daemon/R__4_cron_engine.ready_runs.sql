CREATE OR REPLACE FUNCTION cron_engine.ready_runs(runids bigint[], now timestamptz)
RETURNS integer
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.make_ready(now, '{}', runids)
$body$;
COMMENT ON FUNCTION cron_engine.ready_runs(bigint[], timestamptz) IS 'Lets those of the given runs start that may. For cron_engine.do_each().';
