CREATE OR REPLACE FUNCTION cron_engine.purge_runs(runids bigint[], now timestamptz)
RETURNS integer
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH gone AS (
        DELETE FROM cron.job_run_details d WHERE d.runid = ANY (runids) RETURNING d.runid
    )
    SELECT count(*)::integer FROM gone
$body$;
COMMENT ON FUNCTION cron_engine.purge_runs(bigint[], timestamptz) IS 'Removes runs from the history. Returns how many. For cron_engine.do_each().';
