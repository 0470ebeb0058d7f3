CREATE OR REPLACE FUNCTION cron_engine.recover_run(runid bigint, claims integer, top_level boolean, stop_reason text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF top_level THEN
        PERFORM cron_engine.fail_run(runid, 'outcome unknown: the session was lost while the command ran at top level', '08007', now);
    ELSIF stop_reason = 'timeout' AND EXISTS (SELECT FROM cron_engine.queue q WHERE q.runid = $1 AND q.connect_before <= now) THEN
        PERFORM cron_engine.fail_run(runid, f.message, f.sqlstate, now) FROM cron_engine.connection_failed('08001', 'timeout expired', NULL) f;
    ELSIF stop_reason = 'timeout' THEN
        PERFORM cron_engine.fail_run(runid, cron_engine.timeout_message('job timeout', (SELECT q.timeout FROM cron_engine.queue q WHERE q.runid = $1)),
                                     '57014', now);
    ELSIF stop_reason = 'cancel' THEN
        PERFORM cron_engine.fail_run(runid, 'job canceled', '57014', now);
    ELSIF stop_reason = 'statement timeout' THEN
        PERFORM cron_engine.fail_run(runid, 'ERROR:  canceling statement due to statement timeout', '57014', now);
    ELSIF claims >= 3 THEN
        PERFORM cron_engine.fail_run(runid, E'server closed the connection unexpectedly\nDETAIL:  The session was lost in each of 3 tries.',
                                     '57P01', now);
    ELSE
        -- It ran in one transaction with its record, or was still connecting, so it had no effect: it may run again.
        -- Whose last try it is waits for those whose last it is, too: if that crashes the server again, it is known which of them did.
        UPDATE cron_engine.queue q
           SET pid = NULL, started_at = NULL, stray_stop = false, connect_before = NULL,
               ready = NOT (q.careful AND q.claims >= 2), waits_for = CASE WHEN q.careful AND q.claims >= 2 THEN 'last try' END
         WHERE q.runid = $1;
        PERFORM cron_engine.save_run($1);
        UPDATE cron.job_run_details d SET status = 'queued', job_pid = NULL, start_time = NULL WHERE d.runid = $1;
    END IF;
    IF stop_reason = 'cancel' THEN
        UPDATE cron_engine.ended_run e SET canceled = true WHERE e.runid = $1;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.recover_run(bigint, integer, boolean, text, timestamptz) IS
    'Decides about a run whose session was lost: one in a transaction waits again, three tries at most; one at top level fails, as nobody knows what it did.';
