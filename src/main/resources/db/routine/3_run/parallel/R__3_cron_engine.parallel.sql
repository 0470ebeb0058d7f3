CREATE OR REPLACE FUNCTION cron_engine.parallel(caller text, commands text[], max_sessions integer, timeout interval)
RETURNS cron_engine.parallel_run[]
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.require_bounds(NULL, timeout, NULL);
    PERFORM cron_engine.require_parallel(caller, commands, max_sessions);
    -- Nothing is left of an earlier call, unless cancels rained on its end.
    PERFORM cron_engine.stop_parallel();
    RETURN cron_engine.run_parallel(caller, commands, max_sessions, timeout);
EXCEPTION WHEN query_canceled THEN
    -- A second cancel may strike where run_parallel is about to act upon the first: the postmaster of 17 and older signals each twice.
    PERFORM cron_engine.stop_parallel();
    RAISE;
END;
$body$;
COMMENT ON FUNCTION cron_engine.parallel(text, text[], integer, interval) IS 'Runs commands side by side for the caller, as it.';
