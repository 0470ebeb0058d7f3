CREATE OR REPLACE FUNCTION cron.parallel(commands text[], max_sessions integer DEFAULT 8, timeout interval DEFAULT NULL)
RETURNS TABLE (ordinal integer, status text, result text, message text, start_time timestamptz, end_time timestamptz)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_login   text := cron_engine.caller();
    v_runs    cron_engine.parallel_run[] := '{}';
    v_next    integer := 1;
    v_open    integer := 0;
    v_wait    double precision := 0.001;
BEGIN
    PERFORM cron_engine.require_parallel(v_login, commands, max_sessions);
    WHILE v_next <= cardinality(commands) OR v_open > 0 LOOP
        WHILE v_next <= cardinality(commands) AND v_open < max_sessions LOOP
            v_runs[v_next] := cron_engine.start_parallel(v_login, v_next, commands[v_next], clock_timestamp());
            v_next := v_next + 1;
            v_open := v_open + 1;
            v_wait := 0.001;
        END LOOP;
        v_runs := (SELECT array_agg(CASE WHEN r.end_time IS NULL THEN cron_engine.poll_parallel(r, timeout, clock_timestamp()) ELSE r END ORDER BY r.ordinal)
                     FROM unnest(v_runs) r);
        v_open := (SELECT count(*) FROM unnest(v_runs) r WHERE r.end_time IS NULL);
        IF v_open > 0 THEN
            PERFORM pg_sleep(v_wait);
            v_wait := least(v_wait * 1.5, 0.05);
        END IF;
    END LOOP;
    RETURN QUERY SELECT r.ordinal, (r.outcome).status, (r.outcome).result, (r.outcome).message, r.start_time, r.end_time
                   FROM unnest(v_runs) r ORDER BY r.ordinal;
-- OTHERS does not cover the first two; whatever ends this call ends what it started.
EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
    PERFORM cron_engine.stop_parallel();
    RAISE;
END;
$body$;
COMMENT ON FUNCTION cron.parallel(text[], integer, interval) IS
    'Runs commands side by side, each as a transaction of its own in a session of its own, as the caller, whose login must be registered; needs no daemon. At most max_sessions at a time (1 to 100, default 8); a command that takes longer than timeout is cancelled and fails. Returns for each its ordinal, status (succeeded, failed), result, message, start_time and end_time. Cancelling the call cancels them all. The commands see nothing of the caller''s open transaction, and wait for its locks.';
