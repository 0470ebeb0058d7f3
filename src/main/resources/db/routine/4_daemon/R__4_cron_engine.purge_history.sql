CREATE OR REPLACE FUNCTION cron_engine.purge_history(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_runs   bigint := (SELECT cron_engine.first_run_since(now - s.keep_runs) FROM cron.settings s);
    v_failed bigint := (SELECT cron_engine.first_run_since(now - s.keep_failed_runs) FROM cron.settings s);
    v_count  integer;
BEGIN
    -- A small batch, by the indexes; what is left follows the next time.
    WITH done AS (
        SELECT d.runid FROM cron.job_run_details d
         WHERE d.runid < v_runs AND d.sqlstate IS NULL AND d.end_time IS NOT NULL
         ORDER BY d.runid LIMIT 1000 FOR UPDATE SKIP LOCKED
    ), failed AS (
        SELECT d.runid FROM cron.job_run_details d
         WHERE d.runid < v_failed AND d.sqlstate IS NOT NULL AND d.end_time IS NOT NULL
         ORDER BY d.runid LIMIT 1000 FOR UPDATE SKIP LOCKED
    )
    DELETE FROM cron.job_run_details d USING (TABLE done UNION ALL TABLE failed) o WHERE d.runid = o.runid;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END;
$body$;
COMMENT ON FUNCTION cron_engine.purge_history(timestamptz) IS 'Removes up to 2,000 runs that are older than cron.settings keeps them. Returns how many.';
