CREATE OR REPLACE FUNCTION cron.parallel(commands text[], max_sessions integer DEFAULT 8, timeout interval DEFAULT NULL)
RETURNS TABLE (ordinal integer, status text, result text, message text, start_time timestamptz, end_time timestamptz)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_login text := cron_engine.caller();
BEGIN
    PERFORM cron_engine.require_parallel(v_login, commands, max_sessions);
    -- Nothing is left of an earlier call, unless cancels rained on its end.
    PERFORM cron_engine.stop_parallel();
    RETURN QUERY SELECT r.ordinal, (r.outcome).status, (r.outcome).result, (r.outcome).message, r.start_time, r.end_time
                   FROM unnest(cron_engine.run_parallel(v_login, commands, max_sessions, timeout)) r ORDER BY r.ordinal;
EXCEPTION WHEN query_canceled THEN
    -- A second cancel may strike where run_parallel is about to act upon the first: the postmaster of 17 and older signals each twice.
    PERFORM cron_engine.stop_parallel();
    RAISE;
END;
$body$;
COMMENT ON FUNCTION cron.parallel(text[], integer, interval) IS
    'Runs commands side by side, each as a transaction of its own in a session of its own, as the caller, whose login must be registered; needs no daemon. At most max_sessions at a time (1 to 100, default 8); a command that takes longer than timeout is cancelled and fails. Returns for each its ordinal, status (succeeded, failed), result, message, start_time and end_time. Cancelling the call cancels them all. The commands see nothing of the caller''s open transaction, and wait for its locks.';
