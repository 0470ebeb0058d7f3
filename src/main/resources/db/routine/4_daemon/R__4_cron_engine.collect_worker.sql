CREATE OR REPLACE FUNCTION cron_engine.collect_worker(worker_name text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_served  text;
    v_message text;
    v_detail  text;
    v_hint    text;
BEGIN
    IF ${dblink}.dblink_is_busy(worker_name) = 1 THEN
        RETURN;
    END IF;
    -- The second call takes the end of the results.
    v_served := (SELECT r.served FROM ${dblink}.dblink_get_result(worker_name) AS r (served text));
    PERFORM FROM ${dblink}.dblink_get_result(worker_name) AS r (served text);
    -- What languages and extensions keep cannot be reset: where several roles share a login, a session is for one of them and one CALL.
    IF (SELECT w.obsolete OR v_served <> w.login OR v_served IS NOT NULL AND EXISTS (SELECT FROM cron_engine.login l WHERE l.via = w.login)
          FROM cron_engine.worker w WHERE w.name = worker_name) THEN
        PERFORM cron_engine.close_worker(worker_name);
    ELSE
        UPDATE cron_engine.worker w SET busy = false, since = now, reserved = NULL WHERE w.name = worker_name;
    END IF;
-- OTHERS does not cover the first two, which may come from a job's session.
EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
    GET STACKED DIAGNOSTICS v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL, v_hint = PG_EXCEPTION_HINT;
    -- The CALL failed where nothing can catch it: at the COMMIT, or by the end of its session.
    BEGIN
        PERFORM cron_engine.fail_run_of_worker(worker_name, SQLSTATE, v_message, v_detail, v_hint, now);
    EXCEPTION WHEN OTHERS THEN
        -- Its session ends below, and its run is recovered as a lost one. The next worker would fare no better.
        PERFORM cron_engine.note_fault('staff', w.login, NULL, SQLERRM, SQLSTATE, now) FROM cron_engine.worker w WHERE w.name = worker_name;
    END;
    PERFORM cron_engine.close_worker(worker_name);
END;
$body$;
COMMENT ON FUNCTION cron_engine.collect_worker(text, timestamptz) IS 'Looks whether a busy worker has finished, and makes it idle or, after an error, parts with it.';
