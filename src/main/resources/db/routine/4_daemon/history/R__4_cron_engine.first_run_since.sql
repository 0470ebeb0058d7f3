CREATE OR REPLACE FUNCTION cron_engine.first_run_since(since timestamptz)
RETURNS bigint
LANGUAGE plpgsql STABLE STRICT
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_low  bigint := (SELECT min(d.runid) FROM cron.job_run_details d);
    -- Whose number is so great did not get it from the sequence.
    v_high bigint := (SELECT max(d.runid) + 1 FROM cron.job_run_details d WHERE d.runid < 4611686018427387904);
    v_run  record;
BEGIN
    -- Runs are numbered as they are queued, so the primary key is an index on time too: an index on the time itself would cost every run.
    WHILE v_low < v_high LOOP
        SELECT d.runid, d.queued_time INTO v_run FROM cron.job_run_details d WHERE d.runid >= v_low + (v_high - v_low) / 2 ORDER BY d.runid LIMIT 1;
        IF v_run.queued_time < since THEN
            v_low := v_run.runid + 1;
        ELSE
            v_high := v_low + (v_high - v_low) / 2;
        END IF;
    END LOOP;
    RETURN v_low;
END;
$body$;
COMMENT ON FUNCTION cron_engine.first_run_since(timestamptz) IS 'The least runid that was queued at this time or later; NULL: there are no runs.';
