CREATE OR REPLACE FUNCTION cron_engine.poll_top_level(runid bigint, command text, outcome cron_engine.outcome, wait double precision)
RETURNS cron_engine.outcome
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
AS $body$
DECLARE
    v_stop    record;
    v_reading boolean := false;
BEGIN
    -- Each look reads 16 kB at most.
    FOR i IN 1 .. 64 LOOP
        IF ${dblink}.dblink_is_busy('cronlink top level') = 0 THEN
            v_reading := true;
            RETURN cron_engine.read_result('cronlink top level', command, outcome);
        END IF;
    END LOOP;
    SELECT q.stop_asked_at + s.cancel_grace < clock_timestamp() AS late INTO v_stop
      FROM cron_engine.queue q CROSS JOIN cron.settings s
     WHERE q.runid = $1 AND q.stop_reason IS NOT NULL;
    IF v_stop.late THEN
        RETURN ('failed', 'outcome unknown: the job was canceled and did not stop', NULL, '08007', true, NULL)::cron_engine.outcome;
    ELSIF FOUND THEN
        PERFORM ${dblink}.dblink_cancel_query('cronlink top level');
    END IF;
    PERFORM pg_sleep(wait);
    RETURN outcome;
EXCEPTION WHEN query_canceled THEN
    -- Why it is to stop stands in the queue, and is acted upon at the next look; a cancel that says nothing there came too late for another run.
    IF v_reading THEN
        -- The result may be gone; whether it was an error shows when another follows, or none.
        outcome.sqlstate := '08007';
    END IF;
    RETURN outcome;
END;
$body$;
COMMENT ON FUNCTION cron_engine.poll_top_level(bigint, text, cron_engine.outcome, double precision) IS
    'Looks whether the command at top level has a result, passes a cancel on, else waits a moment (in seconds).';
