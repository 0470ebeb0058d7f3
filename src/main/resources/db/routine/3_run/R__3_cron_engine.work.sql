-- The procedures here pin no search_path: one with a SET clause cannot COMMIT. They run with the rights of the job's own login,
-- and each command sees the search_path of that login.

CREATE OR REPLACE PROCEDURE cron_engine.work(lasting interval, seat integer DEFAULT 1, reserved bigint DEFAULT NULL, INOUT served text DEFAULT NULL)
LANGUAGE plpgsql
AS $body$
DECLARE
    v_until   timestamptz := pg_catalog.clock_timestamp() OPERATOR(pg_catalog.+) lasting;
    v_stray   boolean := false;
    v_looked  timestamptz := '-infinity';
    v_all     boolean;
    -- An assignment is evaluated at once, PERFORM is a query: each costs every run some microseconds.
    v_done    text;
    v_run     record;
    v_outcome cron_engine.outcome;
BEGIN
    -- Whatever the role's default is, records are written; execute() gives it back to the command. No more than the next COMMIT
    -- may come before this, as each expression takes a snapshot.
    COMMIT;
    SET TRANSACTION READ WRITE;
    -- Where the time of a run has come, all else was done before: by the end of the last CALL, and by the daemon.
    v_run := cron_engine.begin_run(reserved);
    IF v_run.runid IS NOT NULL THEN
        RESET statement_timeout;
        IF pg_catalog.current_setting('statement_timeout') OPERATOR(pg_catalog.<>) '0' AND v_run.settings IS NULL THEN
            v_done := cron_engine.limit_run(v_run.runid);
            -- Nobody could stop a run whose row is locked.
            COMMIT;
            SET TRANSACTION READ WRITE;
        END IF;
    ELSE
        v_done := cron_engine.reset_session();
        COMMIT;
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
        v_run := cron_engine.claim_run(false, 0, seat, NULL);
        v_looked := pg_catalog.clock_timestamp();
        COMMIT;
        SET TRANSACTION READ WRITE;
    END IF;
    WHILE v_run.runid IS NOT NULL LOOP
        v_done := cron_engine.prepare_session(v_run.runid, v_run.jobid, v_run.jobname, v_run.username, v_run.attempt, v_run.scheduled_time);
        IF v_run.settings IS NOT NULL THEN
            v_done := pg_catalog.concat(cron_engine.apply_settings(v_run.settings), cron_engine.limit_run(v_run.runid));
            -- Defaults of a transaction are for the next one.
            COMMIT;
            SET TRANSACTION READ WRITE;
        END IF;
        v_outcome := NULL;
        IF v_run.top_level IS NOT TRUE THEN
            -- The command may drop the locks of the session, by which others see that this worker lives, but not those of the transaction.
            v_done := pg_catalog.pg_try_advisory_xact_lock_shared(1129467470, pg_catalog.pg_backend_pid());
            v_outcome := cron_engine.execute(v_run.command, v_run.top_level IS NULL);
            v_done := cron_engine.reset_session();
        END IF;
        IF v_run.top_level OR v_outcome.needs_top_level THEN
            v_done := cron_engine.prepare_session(v_run.runid, v_run.jobid, v_run.jobname, v_run.username, v_run.attempt, v_run.scheduled_time);
            CALL cron_engine.work_at_top_level(v_run.runid, v_run.command, v_outcome);
            v_done := cron_engine.reset_session();
        END IF;
        -- From then on, as several short runs may pass before a cancel that is under way arrives.
        v_stray := cron_engine.end_run(v_run.runid, v_run.claims, v_outcome.status, v_outcome.message, v_outcome.result,
                                       v_outcome.sqlstate, v_outcome.needs_top_level, v_run.started_at) OR v_stray;
        served := v_run.username;
        -- The commit that ends this run also claims the next: one commit per run.
        IF pg_catalog.clock_timestamp() OPERATOR(pg_catalog.<) v_until THEN
            IF pg_catalog.current_setting('transaction_isolation') OPERATOR(pg_catalog.<>) 'read committed' THEN
                -- With a snapshot as old as the run, a claim would collide with those of other workers, and take the run down with it.
                COMMIT;
                SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
            END IF;
            -- Behind the last one, past all that has been claimed before: the longer a claim looks, the more often it locks what another
            -- has just taken. Now and then from the start, where a higher priority or an older run may have come up.
            v_all := pg_catalog.clock_timestamp() OPERATOR(pg_catalog.>) (v_looked OPERATOR(pg_catalog.+) '10 ms'::interval);
            v_run := cron_engine.claim_run(v_stray, CASE WHEN v_all THEN 0 ELSE v_run.runid END, seat, served);
            IF v_all THEN
                v_looked := pg_catalog.clock_timestamp();
            END IF;
        ELSE
            v_run.runid := NULL;
        END IF;
        COMMIT;
        SET TRANSACTION READ WRITE;
        -- Set by the library, where it is there; in PostgreSQL 14 nothing tells.
        IF pg_catalog.current_setting('postgres_fdw.application_name', true) IS NOT NULL
           OR pg_catalog.current_setting('server_version_num')::integer OPERATOR(pg_catalog.<) 150000 THEN
            v_done := cron_engine.close_foreign_connections();
        END IF;
    END LOOP;
    -- The time of a statement is taken at its start, and a worker is to wait for the next one as long as it likes.
    PERFORM pg_catalog.set_config('statement_timeout', '0', false);
END;
$body$;
COMMENT ON PROCEDURE cron_engine.work(interval, integer, bigint, text) IS
    'The worker: executes the run that is reserved for it, then claims the ready runs of the role that is logged in, those of one username, executes each and records its outcome, until there are none or the time is over. seat: its number among the daemon''s workers; served: that username, NULL if there was no run.';
