CREATE OR REPLACE FUNCTION cron_engine.expire_runs(runids bigint[], now timestamptz)
RETURNS integer
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.skip_runs(runids, 'start deadline passed', now);
    SELECT cardinality(runids)
$body$;
COMMENT ON FUNCTION cron_engine.expire_runs(bigint[], timestamptz) IS 'Skips runs whose deadline has passed. For cron_engine.do_each().';
