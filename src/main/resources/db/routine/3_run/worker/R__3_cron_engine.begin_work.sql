-- No search_path is pinned, see work().

CREATE OR REPLACE PROCEDURE cron_engine.begin_work(reserved bigint, seat integer, INOUT run cron_engine.claim)
LANGUAGE plpgsql
AS $body$
DECLARE
    v_done text;
BEGIN
    -- Whatever the role's default is, records are written, and read without regard to what others write; execute() gives it back to the
    -- command. No more than the COMMIT may come before this, as each expression takes a snapshot.
    COMMIT;
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
    -- Where the time of a run has come, all else was done before: by the end of the last CALL, and by the daemon.
    run := cron_engine.begin_run(reserved);
    IF run.runid IS NULL THEN
        v_done := cron_engine.reset_session();
        COMMIT;
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
        run := cron_engine.claim_run(false, NULL, seat, NULL, NULL);
        IF run.runid IS NULL AND pg_catalog.current_setting('cronlink.runid', true) IS NULL THEN
            -- Connected ahead of its first run.
            v_done := cron_engine.rehearse_run();
        END IF;
    ELSE
        RESET statement_timeout;
        IF pg_catalog.current_setting('statement_timeout') OPERATOR(pg_catalog.<>) '0' THEN
            v_done := cron_engine.limit_run(run.runid);
        END IF;
    END IF;
    COMMIT;
    SET TRANSACTION READ WRITE;
END;
$body$;
COMMENT ON PROCEDURE cron_engine.begin_work(bigint, integer, cron_engine.claim) IS
    'Tells a worker its first run: the one that is reserved for it, else one that it claims.';
