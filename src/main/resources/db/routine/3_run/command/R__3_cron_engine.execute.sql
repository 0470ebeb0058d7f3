CREATE OR REPLACE FUNCTION cron_engine.execute(command text, may_leave boolean)
RETURNS cron_engine.outcome
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned: the command is to see that of its role. What follows the command is qualified throughout.
DECLARE
    v_conforming boolean := pg_catalog.current_setting('standard_conforming_strings')::boolean;
    v_result  record;
    v_outcome cron_engine.outcome;
    v_message text;
    v_detail  text;
    v_hint    text;
    v_context text;
BEGIN
    BEGIN
        -- What must leave is not tried first: what it did outside of the transaction would happen twice.
        v_outcome.needs_top_level := may_leave AND (
            cron_engine.defaults_need_top_level(command, v_conforming)
            OR cron_engine.may_leave_transaction(command) AND cron_engine.leaves_transaction(command, v_conforming));
        IF v_outcome.needs_top_level THEN
            RETURN v_outcome;
        END IF;
        IF pg_catalog.current_setting('default_transaction_read_only') OPERATOR(pg_catalog.=) 'on' THEN
            -- Until the end of this subtransaction: the record is written behind it.
            PERFORM pg_catalog.set_config('transaction_read_only', 'on', true);
        END IF;
        v_result := cron_engine.run_command(command, v_conforming);
        v_outcome.message := v_result.message;
        v_outcome.result := v_result.first_value;
        -- Deferred constraints fail here, where it can be recorded, and not at the COMMIT.
        SET CONSTRAINTS ALL IMMEDIATE;
        v_outcome.status := 'succeeded';
    -- OTHERS does not cover the first two.
    EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
        GET STACKED DIAGNOSTICS v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL, v_hint = PG_EXCEPTION_HINT,
                                v_context = PG_EXCEPTION_CONTEXT;
        v_outcome := ('failed', cron_engine.error_message(command, SQLSTATE, v_message, v_detail, v_hint, v_context), NULL, SQLSTATE,
                      may_leave AND cron_engine.needs_top_level(SQLSTATE, v_message), NULL)::cron_engine.outcome;
    END;
    RETURN v_outcome;
END;
$body$;
COMMENT ON FUNCTION cron_engine.execute(text, boolean) IS
    'Executes a command in a subtransaction and tells how it ended; needs_top_level: it was not tried, or was refused and undone, because it cannot run in a transaction.';
