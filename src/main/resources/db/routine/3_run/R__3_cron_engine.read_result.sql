CREATE OR REPLACE FUNCTION cron_engine.read_result(connection text, command text, outcome cron_engine.outcome)
RETURNS cron_engine.outcome
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_count bigint;
    v_value text;
    v_moved text;
BEGIN
    SELECT count(*), (array_agg(r.value))[1] INTO v_count, v_value FROM ${dblink}.dblink_get_result(connection) AS r (value text);
    -- An empty result and the end of all results look the same, but only after the end a new query can be sent.
    IF v_count = 0 AND ${dblink}.dblink_send_query(connection, '') = 1 THEN
        RETURN CASE WHEN outcome.sqlstate IS NULL THEN ('succeeded', outcome.message, outcome.result, NULL, true)::cron_engine.outcome
                    ELSE ('failed', 'outcome unknown: a cancel struck while the result was read', NULL, outcome.sqlstate, true)::cron_engine.outcome END;
    ELSIF v_count = 0 AND ${dblink}.dblink_error_message(connection) LIKE 'no connection%' THEN
        -- The result that said so was lost in the same way, and no other will come.
        RETURN ('failed', 'outcome unknown: the connection was lost', NULL, '08007', true)::cron_engine.outcome;
    END IF;
    outcome.sqlstate := NULL;
    IF cron_engine.cursor_command(command) IS NOT NULL THEN
        v_moved := substring(v_value FROM $re$^MOVE (\d+)$$re$);
        IF v_moved IS NOT NULL THEN
            v_count := v_moved::bigint + substring(outcome.message FROM $re$^\d+$re$)::bigint;
            outcome.message := cron_engine.row_message(v_count);
        ELSIF v_count = 1 AND v_value NOT IN ('BEGIN', 'DECLARE CURSOR', 'COMMIT') THEN
            outcome.message := '1 row';
            outcome.result := v_value;
        END IF;
    ELSIF v_count = 1 AND v_value ~ $re$^[A-Z]+( [A-Z]+)*( \d+)*$$re$ THEN
        outcome.message := v_value;
    ELSE
        outcome.message := cron_engine.row_message(v_count);
        outcome.result := coalesce(outcome.result, v_value);
    END IF;
    RETURN outcome;
EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
    IF SQLSTATE = '42804' THEN
        -- Rows of several columns: there were some, their number is unknown.
        outcome.message := CASE WHEN cron_engine.cursor_command(command) IS NULL THEN 'rows' ELSE '1 row' END;
        outcome.sqlstate := NULL;
        RETURN outcome;
    END IF;
    IF SQLSTATE = '57014' AND ${dblink}.dblink_error_message(connection) = 'OK' THEN
        -- It was not the command that was cancelled.
        RAISE;
    END IF;
    RETURN cron_engine.command_error(connection, command, SQLSTATE, SQLERRM);
END;
$body$;
COMMENT ON FUNCTION cron_engine.read_result(text, text, cron_engine.outcome) IS 'Takes one result of a command that was sent into its outcome.';
