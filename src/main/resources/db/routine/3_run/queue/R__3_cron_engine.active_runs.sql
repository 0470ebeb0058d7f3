CREATE OR REPLACE FUNCTION cron_engine.active_runs()
RETURNS SETOF bigint
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT q.runid FROM cron_engine.queue q
$body$;
COMMENT ON FUNCTION cron_engine.active_runs() IS 'The runs that wait or run: to find them in the history without reading all of it.';
