CREATE OR REPLACE FUNCTION cron_engine.run_parallel(login text, commands text[], max_sessions integer, timeout interval)
RETURNS cron_engine.parallel_run[]
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_runs    cron_engine.parallel_run[] := '{}';
    v_next    integer := 1;
    v_open    integer := 0;
    v_wait    double precision := 0.001;
BEGIN
    WHILE v_next <= cardinality(commands) OR v_open > 0 LOOP
        WHILE v_next <= cardinality(commands) AND v_open < max_sessions LOOP
            v_runs[v_next] := cron_engine.start_parallel(login, v_next, commands[v_next], clock_timestamp());
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
    RETURN v_runs;
-- OTHERS does not cover the first two; whatever ends this call ends what it started.
EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
    PERFORM cron_engine.stop_parallel();
    RAISE;
END;
$body$;
COMMENT ON FUNCTION cron_engine.run_parallel(text, text[], integer, interval) IS
    'Runs commands side by side as a login, at most max_sessions at a time, and waits for the end of all.';
