CREATE OR REPLACE FUNCTION cron_engine.settle_due(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_held    bigint[];
    v_run     record;
    v_settled integer := 0;
BEGIN
    IF NOT EXISTS (SELECT FROM cron_engine.ended_run) THEN
        RETURN 0;
    END IF;
    v_held := (SELECT coalesce(array_agg(f.item::bigint), '{}') FROM cron_engine.fault f
                WHERE f.step = 'settle' AND f.item <> '' AND f.retry_at > now);
    BEGIN
        RETURN cron_engine.settle_ended_runs(now, v_held);
    EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
        RAISE;
    WHEN OTHERS THEN
        RAISE LOG 'cronlink: settling together failed, settling one by one: %', SQLERRM;
        PERFORM cron_engine.mend_sequences();
    END;
    FOR v_run IN SELECT e.runid, e.jobid, e.username, e.job_group FROM cron_engine.ended_run e WHERE e.runid <> ALL (v_held) LIMIT 500 LOOP
        BEGIN
            v_settled := v_settled + cron_engine.settle_ended_runs(now, v_held, v_run.runid);
        EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
            RAISE;
        WHEN OTHERS THEN
            PERFORM cron_engine.note_fault('settle', v_run.runid::text, v_run.jobid, SQLERRM, SQLSTATE, now);
            -- That it has ended is true all the same.
            PERFORM cron_engine.ready_next(ARRAY[v_run.jobid], ARRAY[v_run.username], ARRAY[v_run.job_group], now);
        END;
    END LOOP;
    RETURN v_settled;
END;
$body$;
COMMENT ON FUNCTION cron_engine.settle_due(timestamptz) IS
    'Settles the runs that ended; one that cannot be settled keeps no other waiting, and is tried again and again. Returns how many were.';
