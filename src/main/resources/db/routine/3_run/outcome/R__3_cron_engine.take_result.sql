CREATE OR REPLACE FUNCTION cron_engine.take_result(outcome cron_engine.outcome, row_count bigint, first_value text)
RETURNS cron_engine.outcome
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF outcome.columns < 0 AND outcome.sqlstate IS NOT NULL THEN
        -- A result of the cursor is gone, nobody knows which.
        outcome.columns := NULL;
    END IF;
    outcome.sqlstate := NULL;
    IF outcome.columns IS NULL THEN
        outcome.message := 'rows';
        outcome.result := NULL;
    ELSIF outcome.columns < -2 THEN
        -- The declaration has no value, a row that has several columns is not readable: see result_error.
        outcome.result := CASE outcome.columns WHEN -3 THEN first_value END;
        outcome.columns := outcome.columns + 1;
    ELSIF outcome.columns < 0 THEN
        -- MOVE 1
        outcome.message := cron_engine.row_message(split_part(outcome.message, ' ', 1)::bigint + split_part(first_value, ' ', 2)::bigint);
        outcome.columns := outcome.columns + 1;
    ELSIF outcome.columns = 0 AND row_count = 1 AND first_value ~ $re$^[A-Z]+( [A-Z]+)*( \d+)*$$re$ THEN
        -- dblink gives a tag as a row. A value that looks like one is only taken for it where the text promises no rows.
        outcome.message := first_value;
        outcome.result := NULL;
    ELSE
        outcome.message := cron_engine.row_message(row_count);
        outcome.result := first_value;
    END IF;
    RETURN outcome;
END;
$body$;
COMMENT ON FUNCTION cron_engine.take_result(cron_engine.outcome, bigint, text) IS 'The outcome of a command at top level after one more result.';
