CREATE OR REPLACE FUNCTION cron_engine.purge_history(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_runs   bigint := (SELECT cron_engine.first_run_since(now - s.keep_runs) FROM cron.settings s);
    v_failed bigint := (SELECT cron_engine.first_run_since(now - s.keep_failed_runs) FROM cron.settings s);
    v_held   bigint[] := (SELECT coalesce(array_agg(f.item::bigint), '{}') FROM cron_engine.fault f WHERE f.step = 'purge run' AND f.retry_at > now);
BEGIN
    -- A small batch, by the indexes; what is left follows the next time.
    RETURN cron_engine.do_each('purge run',
        ARRAY(SELECT d.runid::text FROM cron.job_run_details d
               WHERE d.runid < v_runs AND d.sqlstate IS NULL AND d.end_time IS NOT NULL AND d.runid <> ALL (v_held)
               ORDER BY d.runid LIMIT 1000 FOR UPDATE SKIP LOCKED)
        || ARRAY(SELECT d.runid::text FROM cron.job_run_details d
                  WHERE d.runid < v_failed AND d.sqlstate IS NOT NULL AND d.end_time IS NOT NULL AND d.runid <> ALL (v_held)
                  ORDER BY d.runid LIMIT 1000 FOR UPDATE SKIP LOCKED), now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.purge_history(timestamptz) IS 'Removes up to 2,000 runs that are older than cron.settings keeps them. Returns how many.';
