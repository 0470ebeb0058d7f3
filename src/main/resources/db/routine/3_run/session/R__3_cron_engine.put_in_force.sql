CREATE OR REPLACE PROCEDURE cron_engine.put_in_force(run cron_engine.claim)
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned, or it could not COMMIT.
DECLARE
    v_done text;
BEGIN
    IF run.settings IS NOT NULL THEN
        v_done := pg_catalog.concat(cron_engine.apply_settings(run.settings), cron_engine.limit_run(run.runid));
    END IF;
    IF pg_catalog.current_setting('default_transaction_isolation') OPERATOR(pg_catalog.<>) 'read committed' THEN
        -- By a snapshot that is kept, the end of this run could not be recorded had the daemon recorded its start meanwhile.
        v_done := cron_engine.record_start(run.runid);
    END IF;
    -- Defaults of a transaction are for the next one.
    COMMIT;
    SET TRANSACTION READ WRITE;
END;
$body$;
COMMENT ON PROCEDURE cron_engine.put_in_force(cron_engine.claim) IS
    'Sets what the role of a run has for its sessions, where the login is another, and what a transaction of another isolation needs; then begins a transaction.';
