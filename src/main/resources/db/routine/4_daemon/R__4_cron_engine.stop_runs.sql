CREATE OR REPLACE FUNCTION cron_engine.stop_runs(runids bigint[], now timestamptz)
RETURNS integer
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.mark_stops(now, '{}', runids)
$body$;
COMMENT ON FUNCTION cron_engine.stop_runs(bigint[], timestamptz) IS 'Marks those of the given runs that are to stop. For cron_engine.do_each().';
