-- The procedures here pin no search_path: one with a SET clause cannot COMMIT. They run with the rights of the job's own login,
-- and each command sees the search_path of that login.
-- An assignment is evaluated at once, PERFORM is a query: each costs every run some microseconds.

CREATE OR REPLACE PROCEDURE cron_engine.work(lasting interval, seat integer DEFAULT 1, reserved bigint DEFAULT NULL, INOUT served text DEFAULT NULL)
LANGUAGE plpgsql
AS $body$
DECLARE
    v_until   timestamptz := pg_catalog.clock_timestamp() OPERATOR(pg_catalog.+) lasting;
    v_stray   boolean := false;
    v_again   timestamptz := pg_catalog.clock_timestamp();
    v_now     timestamptz;
    v_ended   timestamptz;
    v_commit  timestamptz;
    v_pace    float8[];
    v_done    text;
    v_run     cron_engine.claim;
    v_outcome cron_engine.outcome;
    v_measured cron_engine.measured_outcome;
BEGIN
    CALL cron_engine.begin_work(reserved, seat, v_run);
    WHILE v_run.runid IS NOT NULL LOOP
        v_done := cron_engine.prepare_session(v_run);
        IF v_run.settings IS NOT NULL OR pg_catalog.current_setting('default_transaction_isolation') OPERATOR(pg_catalog.<>) 'read committed' THEN
            CALL cron_engine.put_in_force(v_run);
        END IF;
        v_measured := NULL;
        IF v_run.top_level IS NOT TRUE THEN
            -- The command may drop the locks of the session, by which others see that this worker lives, but not those of the transaction.
            v_done := pg_catalog.pg_try_advisory_xact_lock_shared(1129467470, pg_catalog.pg_backend_pid());
            v_measured := CASE WHEN pg_catalog.current_setting('cronlink.measured', true) OPERATOR(pg_catalog.=) 'on'
                               THEN cron_engine.measure(v_run.command, v_run.top_level IS NULL) END;
            v_outcome := coalesce(v_measured.outcome, cron_engine.execute(v_run.command, v_run.top_level IS NULL));
            v_done := cron_engine.reset_session();
        END IF;
        IF v_run.top_level OR v_outcome.needs_top_level THEN
            CALL cron_engine.work_at_top_level(v_run, v_outcome);
        END IF;
        -- From then on, as several short runs may pass before a cancel that is under way arrives.
        v_stray := cron_engine.end_run(v_run.runid, v_run.claims, v_outcome.status, v_outcome.message, v_outcome.result,
                                       v_outcome.sqlstate, v_outcome.needs_top_level, v_run.started_at, v_measured.cost) OR v_stray;
        served := v_run.username;
        v_now := pg_catalog.clock_timestamp();
        v_pace := cron_engine.pace(v_pace, v_ended, v_commit, v_now);
        -- The commit that ends this run also claims the next: one commit per run.
        IF v_now OPERATOR(pg_catalog.<) v_until THEN
            IF pg_catalog.current_setting('transaction_isolation') OPERATOR(pg_catalog.<>) 'read committed' THEN
                -- With a snapshot as old as the run, a claim would collide with those of other workers, and take the run down with it.
                COMMIT;
                SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
            END IF;
            v_run := cron_engine.claim_run(v_stray, CASE WHEN v_now OPERATOR(pg_catalog.<=) v_again THEN v_run END, seat, served, cron_engine.commit_share(v_pace));
            v_again := CASE WHEN v_now OPERATOR(pg_catalog.<=) v_again THEN v_again ELSE v_now OPERATOR(pg_catalog.+) '10 ms'::interval END;
        ELSE
            v_run.runid := NULL;
        END IF;
        v_ended := pg_catalog.clock_timestamp();
        COMMIT;
        SET TRANSACTION READ WRITE;
        v_commit := pg_catalog.clock_timestamp();
        v_done := CASE WHEN cron_engine.may_have_foreign_connections() THEN pg_catalog.concat(cron_engine.close_foreign_connections()) END;
    END LOOP;
    PERFORM cron_engine.end_work();
END;
$body$;
COMMENT ON PROCEDURE cron_engine.work(interval, integer, bigint, text) IS
    'The worker: executes the run that is reserved for it, then claims the ready runs of the role that is logged in, those of one username, executes each and records its outcome, until there are none or the time is over. seat: its number among the daemon''s workers; served: that username, NULL if there was no run.';
