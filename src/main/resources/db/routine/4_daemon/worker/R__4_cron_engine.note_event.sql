CREATE OR REPLACE FUNCTION cron_engine.note_event(launcher_name text, told cron_engine.launcher_event, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_worker cron_engine.worker := (SELECT w FROM cron_engine.worker w WHERE w.name = told.worker);
BEGIN
    CASE told.event
        WHEN 'connected' THEN
            UPDATE cron_engine.worker w SET pid = told.pid, since = now WHERE w.name = told.worker;
            IF NOT FOUND THEN
                -- Its row was undone with a step that failed.
                PERFORM cron_engine.give_orders(launcher_name, ARRAY[('close', told.worker, NULL, NULL)::cron_engine.launcher_order], now);
            END IF;
            DELETE FROM cron_engine.fault f WHERE f.step = 'connect' AND f.item = v_worker.login;
        WHEN 'done' THEN
            -- What languages and extensions keep cannot be reset: where several roles share a login, a session is for one of them and one CALL.
            IF v_worker.obsolete OR told.served <> v_worker.login
               OR told.served IS NOT NULL AND EXISTS (SELECT FROM cron_engine.login l WHERE l.via = v_worker.login) THEN
                PERFORM cron_engine.close_worker(told.worker);
            ELSE
                UPDATE cron_engine.worker w SET busy = false, since = now, reserved = NULL WHERE w.name = told.worker;
            END IF;
        WHEN 'not signalled' THEN
            -- A statement_timeout must strike all the same, see strike().
            PERFORM cron_engine.signal_worker(q.login, q.pid, false)
               FROM cron_engine.queue q
               JOIN cron_engine.worker w ON w.pid = q.pid AND w.login = q.login
              WHERE q.pid = told.worker::integer AND q.timed_out_at IS NOT NULL AND q.stop_sent_at IS NULL;
            IF NOT FOUND THEN
                PERFORM cron_engine.note_unstoppable(told.worker::integer, coalesce(nullif(told.detail, ''), told.message));
            END IF;
        ELSE
            IF told.event = 'broken' THEN
                -- Its session may live on for as long as it likes, if it still had another run: this one has not begun.
                PERFORM cron_engine.give_back(v_worker.reserved, v_worker.pid);
            ELSIF told.event = 'failed' THEN
                -- Its CALL failed where nothing can catch it: at the COMMIT, or by the end of its session.
                BEGIN
                    PERFORM cron_engine.fail_run_of_worker(told.worker, told.sqlstate, told.message, told.detail, told.hint, now);
                EXCEPTION WHEN OTHERS THEN
                    -- Its run is recovered as a lost one. The next worker would fare no better.
                    PERFORM cron_engine.note_fault('staff', v_worker.login, NULL, SQLERRM, SQLSTATE, now);
                END;
            END IF;
            DELETE FROM cron_engine.worker w WHERE w.name = told.worker;
            IF told.event = 'refused' THEN
                PERFORM cron_engine.note_refusal(v_worker.login, told.sqlstate, told.message, told.detail, now);
            END IF;
    END CASE;
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_event(text, cron_engine.launcher_event, timestamptz) IS
    'Takes down what became of a worker: connected, idle, gone; and of its run. launcher_name: who tells it; empty: this session.';
