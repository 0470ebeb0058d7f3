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

CREATE OR REPLACE FUNCTION cron_engine.first_run_since(since timestamptz)
RETURNS bigint
LANGUAGE plpgsql STABLE STRICT
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_low  bigint := (SELECT min(d.runid) FROM cron.job_run_details d);
    v_high bigint := (SELECT max(d.runid) + 1 FROM cron.job_run_details d);
    v_run  record;
BEGIN
    -- Runs are numbered as they are queued, so the primary key is an index on time too: an index on the time itself would cost every run.
    WHILE v_low < v_high LOOP
        SELECT d.runid, d.queued_time INTO v_run FROM cron.job_run_details d WHERE d.runid >= (v_low + v_high) / 2 ORDER BY d.runid LIMIT 1;
        IF v_run.queued_time < since THEN
            v_low := v_run.runid + 1;
        ELSE
            v_high := (v_low + v_high) / 2;
        END IF;
    END LOOP;
    RETURN v_low;
END;
$body$;
COMMENT ON FUNCTION cron_engine.first_run_since(timestamptz) IS 'The least runid that was queued at this time or later; NULL: there are no runs.';
