-- The owner of a run may lock its row in the history for any length of time. Nothing here waits for that: such a run is left for the next time.

CREATE OR REPLACE FUNCTION cron_engine.refuse_runs(login text, message text, detail text, error_code text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_now   timestamptz := clock_timestamp();
    v_error text := concat_ws(E'\nDETAIL:  ', message, detail);
    v_runs  bigint[];
    v_runid bigint;
BEGIN
    SELECT array_agg(r.runid) INTO v_runs
      FROM (SELECT q.runid
              FROM cron_engine.queue q
              JOIN cron.job_run_details d USING (runid)
             WHERE q.login = $1 AND q.ready AND q.pid IS NULL
               FOR UPDATE SKIP LOCKED) r;
    BEGIN
        PERFORM cron_engine.fail_run(r, v_error, error_code, v_now) FROM unnest(v_runs) r;
        RETURN;
    EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
        RAISE;
    WHEN OTHERS THEN
        RAISE LOG 'cronlink: refusing the runs of role "%" together failed, refusing them one by one: %', login, SQLERRM;
    END;
    FOREACH v_runid IN ARRAY v_runs LOOP
        BEGIN
            PERFORM cron_engine.fail_run(v_runid, v_error, error_code, v_now);
        EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
            RAISE;
        WHEN OTHERS THEN
            PERFORM cron_engine.note_fault('refuse run', v_runid::text, cron_engine.job_of('refuse run', v_runid::text), SQLERRM, SQLSTATE, v_now);
            -- It waits on, and the next worker would fare no better.
            PERFORM cron_engine.note_fault('staff', login, NULL, SQLERRM, SQLSTATE, v_now);
        END;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.refuse_runs(text, text, text, text) IS
    'Fails the waiting runs of a login that no session can be had for; one that cannot be failed keeps no other.';
