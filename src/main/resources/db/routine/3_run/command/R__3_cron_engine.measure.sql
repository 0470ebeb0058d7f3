-- No search_path is pinned, see execute().

CREATE OR REPLACE FUNCTION cron_engine.measure(command text, may_leave boolean)
RETURNS cron_engine.measured_outcome
LANGUAGE plpgsql
AS $body$
DECLARE
    v_plan  json;
    v_done  cron_engine.measured_outcome;
    v_cost  cron_engine.run_cost;
    v_block bigint := pg_catalog.current_setting('block_size');
BEGIN
    -- What is counted for a statement is all that the session does meanwhile, what parallel workers do for it included. It is known at once,
    -- to every role and before PostgreSQL 18, which the statistics of sessions are not: these are told when the worker's CALL is over.
    EXECUTE 'EXPLAIN (ANALYZE, WAL, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF, FORMAT JSON) SELECT cron_engine.execute_aside($1, $2)'
       INTO v_plan USING command, may_leave;
    v_done.outcome := pg_catalog.current_setting('cronlink.outcome');
    v_plan := (v_plan OPERATOR(pg_catalog.->) 0) OPERATOR(pg_catalog.->) 'Plan';
    v_cost.wal_bytes := v_plan OPERATOR(pg_catalog.->>) 'WAL Bytes';
    v_cost.read_bytes := v_block OPERATOR(pg_catalog.*) (
        (v_plan OPERATOR(pg_catalog.->>) 'Shared Read Blocks')::bigint OPERATOR(pg_catalog.+) (v_plan OPERATOR(pg_catalog.->>) 'Local Read Blocks')::bigint
        OPERATOR(pg_catalog.+) (v_plan OPERATOR(pg_catalog.->>) 'Temp Read Blocks')::bigint);
    v_cost.temp_bytes := v_block OPERATOR(pg_catalog.*) (v_plan OPERATOR(pg_catalog.->>) 'Temp Written Blocks')::bigint;
    -- What was not done in the transaction is done, and counted, elsewhere.
    v_done.cost := CASE WHEN (v_done.outcome).needs_top_level IS NOT TRUE THEN v_cost END;
    RETURN v_done;
END;
$body$;
COMMENT ON FUNCTION cron_engine.measure(text, boolean) IS 'Executes a command as cron_engine.execute() does, and tells what that took.';
