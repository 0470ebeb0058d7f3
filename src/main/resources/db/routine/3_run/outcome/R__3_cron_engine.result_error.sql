CREATE OR REPLACE FUNCTION cron_engine.result_error(connection text, command text, outcome cron_engine.outcome, error_code text, message text)
RETURNS cron_engine.outcome
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF error_code = '42804' AND outcome.columns = -3 THEN
        RETURN cron_engine.take_result(outcome, NULL, NULL);
    ELSIF error_code = '42804' THEN
        -- Rows of other columns than expected: their number is lost, but a CALL returns one only.
        outcome.message := CASE WHEN EXISTS (SELECT FROM unnest(cron_engine.statements(command, true)) s WHERE s ~ $re$^call\M$re$) THEN '1 row' ELSE 'rows' END;
        outcome.result := NULL;
        outcome.sqlstate := NULL;
        RETURN outcome;
    ELSIF error_code = '08006' AND outcome.columns >= 0 AND ${dblink}.dblink_error_message(connection) = 'OK' THEN
        -- What has no rows and no tag either is an empty command or a COPY to or from the client, which is still there at the next look.
        IF outcome.sqlstate = '08006' THEN
            RETURN ('failed', 'COPY not supported', NULL, '0A000', true, NULL)::cron_engine.outcome;
        END IF;
        outcome.sqlstate := error_code;
        RETURN outcome;
    ELSIF outcome.columns = -4 AND error_code ~ '^(0A|22|42)' THEN
        -- It cannot be a cursor. Nothing has happened yet, and sent as it is, it has an error of its own, or none.
        PERFORM FROM ${dblink}.dblink_get_result(connection) AS r (c1 text);
        outcome.columns := cron_engine.asked_columns(connection, command);
        PERFORM ${dblink}.dblink_send_query(connection, command);
        RETURN outcome;
    END IF;
    RETURN cron_engine.command_error(connection, error_code, message);
END;
$body$;
COMMENT ON FUNCTION cron_engine.result_error(text, text, cron_engine.outcome, text, text) IS
    'The outcome of a command at top level, one of whose results could not be taken.';
