CREATE OR REPLACE PROCEDURE cron_engine.work_at_top_level(run cron_engine.claim, INOUT outcome cron_engine.outcome)
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned, or it could not COMMIT.
DECLARE
    v_target record;
    v_wait   double precision := 0.001;
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
    outcome := CASE WHEN v_target.problem IS NOT NULL THEN cron_engine.connection_failed('08001', v_target.problem, NULL)
                    WHEN v_target.server IS NOT NULL THEN cron_engine.open_remote(v_target.server, v_target.connect_timeout)
                    ELSE cron_engine.open_top_level(run.runid) END;
    IF outcome.status IS NULL THEN
        PERFORM cron_engine.end_connecting(run.runid);
        COMMIT;
        SET TRANSACTION READ WRITE;
        outcome := cron_engine.send_command('cronlink top level', run.command);
    END IF;
    WHILE outcome.status IS NULL LOOP
        -- No snapshot outlives a poll: an older one would hold back VACUUM, and CREATE INDEX CONCURRENTLY would wait for it for ever.
        COMMIT;
        SET TRANSACTION READ WRITE;
        outcome := cron_engine.poll_top_level(run.runid, run.command, outcome, v_wait);
        v_wait := least(v_wait OPERATOR(pg_catalog.*) 2, 0.1);
    END LOOP;
    PERFORM cron_engine.reset_session();
    outcome.needs_top_level := v_target.server IS NULL;
END;
$body$;
COMMENT ON PROCEDURE cron_engine.work_at_top_level(cron_engine.claim, cron_engine.outcome) IS
    'Runs a command alone on a connection of its own, as VACUUM needs it, and waits for its end without holding a snapshot.';
