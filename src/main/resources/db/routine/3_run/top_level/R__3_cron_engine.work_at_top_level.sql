CREATE OR REPLACE PROCEDURE cron_engine.work_at_top_level(run cron_engine.claim, INOUT outcome cron_engine.outcome)
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned, or it could not COMMIT.
DECLARE
    v_target record;
    v_wait   double precision := 0.0009;
BEGIN
    IF pg_catalog.current_setting('server_version_num')::integer OPERATOR(pg_catalog.>=) 170000 THEN
        -- It is in force where the command is. Here only connecting takes long.
        PERFORM pg_catalog.set_config('transaction_timeout', '0', false);
    END IF;
    PERFORM cron_engine.prepare_session(run);
    SELECT t.* INTO v_target FROM cron_engine.begin_top_level(run.runid) t;
    -- That it is at top level now must be known before anything is sent.
    COMMIT;
    SET TRANSACTION READ WRITE;
    outcome := CASE WHEN v_target.connected THEN NULL
                    WHEN v_target.problem IS NOT NULL THEN cron_engine.connection_failed('08001', v_target.problem, NULL)
                    WHEN v_target.server IS NOT NULL THEN cron_engine.open_remote(v_target.server, v_target.connect_timeout)
                    ELSE cron_engine.open_top_level(run.runid) END;
    IF outcome.status IS NULL THEN
        IF NOT v_target.connected THEN
            PERFORM cron_engine.end_connecting(run.runid);
            COMMIT;
            SET TRANSACTION READ WRITE;
        END IF;
        outcome := cron_engine.send_command('cronlink top level', run.command);
    END IF;
    WHILE outcome.status IS NULL LOOP
        -- No snapshot outlives a poll: an older one would hold back VACUUM, and CREATE INDEX CONCURRENTLY would wait for it for ever.
        COMMIT;
        SET TRANSACTION READ WRITE;
        outcome := cron_engine.poll_top_level(run.runid, run.command, outcome, v_wait);
        -- Its end is seen within 10 ms, and a thousandth of how long it took: to look that often for hours would take 1 % of a processor.
        v_wait := greatest(least(v_wait OPERATOR(pg_catalog.*) 2, 0.0099), least(v_wait OPERATOR(pg_catalog.*) 1.001, 0.1));
    END LOOP;
    IF outcome.status OPERATOR(pg_catalog.=) 'succeeded' AND v_target.terms IS NOT NULL AND cron_engine.clear_top_level() THEN
        -- For the next one, if that is of the same kind, see prepare_session().
        PERFORM cron_engine.reset_session('cronlink top level');
        PERFORM pg_catalog.set_config('cronlink.top_level', v_target.terms, false);
    ELSE
        PERFORM cron_engine.reset_session();
    END IF;
    outcome.needs_top_level := v_target.server IS NULL;
END;
$body$;
COMMENT ON PROCEDURE cron_engine.work_at_top_level(cron_engine.claim, cron_engine.outcome) IS
    'Runs a command alone on a connection of its own, as VACUUM needs it, and waits for its end without holding a snapshot.';
