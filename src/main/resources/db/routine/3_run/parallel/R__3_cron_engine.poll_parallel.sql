CREATE OR REPLACE FUNCTION cron_engine.poll_parallel(run cron_engine.parallel_run, timeout interval, now timestamptz)
RETURNS cron_engine.parallel_run
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_name    text := 'cronlink parallel ' || run.ordinal;
    v_outcome cron_engine.outcome := run.outcome;
BEGIN
    WHILE v_outcome.status IS NULL LOOP
        IF ${dblink}.dblink_is_busy(v_name) = 0 THEN
            v_outcome := cron_engine.read_result(v_name, run.command, v_outcome);
        ELSIF now > run.start_time + timeout THEN
            PERFORM ${dblink}.dblink_cancel_query(v_name);
            v_outcome := ('failed', cron_engine.timeout_message('timeout', timeout), NULL, '57014', true, NULL)::cron_engine.outcome;
        ELSE
            run.outcome := v_outcome;
            RETURN run;
        END IF;
    END LOOP;
    PERFORM cron_engine.disconnect(v_name);
    run.outcome := v_outcome;
    run.end_time := clock_timestamp();
    RETURN run;
END;
$body$;
COMMENT ON FUNCTION cron_engine.poll_parallel(cron_engine.parallel_run, interval, timestamptz) IS 'Looks how far a command of cron.parallel is.';
