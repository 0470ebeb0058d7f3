CREATE OR REPLACE PROCEDURE cron_engine.begin_daemon()
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned, or it could not COMMIT.
BEGIN
    -- Records are written even where nobody else may write.
    PERFORM pg_catalog.set_config('default_transaction_read_only', 'off', false);
    COMMIT;
    -- Whoever begins to lead reads the history and much else: serializable, it would fail by what others write meanwhile.
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    PERFORM cron_engine.note_home();
    -- What was noted of a copy has to stay, though it is then refused.
    COMMIT;
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    PERFORM cron_engine.lead();
    CALL cron_engine.measure_commit();
END;
$body$;
COMMENT ON PROCEDURE cron_engine.begin_daemon() IS 'Looks where the jobs are at home, and leads if it is here. Errors as in cron_engine.run_daemon().';
