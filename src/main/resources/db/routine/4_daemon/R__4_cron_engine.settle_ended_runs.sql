CREATE OR REPLACE FUNCTION cron_engine.settle_ended_runs(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_ended cron_engine.ended_run[];
    v_final cron_engine.ended_run[];
BEGIN
    IF NOT EXISTS (SELECT FROM cron_engine.ended_run) THEN
        RETURN 0;
    END IF;
    WITH gone AS (
        DELETE FROM cron_engine.ended_run RETURNING ended_run
    )
    SELECT array_agg(g.ended_run) INTO v_ended FROM gone g;
    PERFORM cron_engine.notify_runs((SELECT array_agg(e.runid) FROM unnest(v_ended) e));
    PERFORM cron_engine.learn_top_level(v_ended);
    -- What is tried again has not ended yet for anybody who counts or waits.
    v_final := cron_engine.retry_runs(v_ended, now);
    PERFORM cron_engine.count_failures(v_final);
    PERFORM cron_engine.follow_runs(v_final, now);
    PERFORM cron_engine.prune_runs(v_ended);
    RETURN cardinality(v_ended);
END;
$body$;
COMMENT ON FUNCTION cron_engine.settle_ended_runs(timestamptz) IS
    'Draws the consequences of runs that ended: retries, failures in a row, jobs that wait for them, what of them is kept. Returns how many ended.';
