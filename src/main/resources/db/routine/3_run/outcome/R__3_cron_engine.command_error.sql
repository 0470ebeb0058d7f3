CREATE OR REPLACE FUNCTION cron_engine.command_error(connection text, error_code text, message text)
RETURNS cron_engine.outcome
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- libpq's own words; before the error may stand what it said of a query that it was asked to send too early, see read_result.
    v_remote text := rtrim(nullif(${dblink}.dblink_error_message(connection), 'OK'), E'\n');
    v_error  integer := strpos(v_remote, ':  ' || message);
BEGIN
    IF v_error > 0 THEN
        v_remote := regexp_replace(left(v_remote, v_error - 1), $re$^.*\n$re$, '') || substr(v_remote, v_error);
    END IF;
    IF error_code ~ '^(08|57P)' THEN
        -- The command was on its way, and its last COMMIT may have come through before the connection broke.
        RETURN ('failed', 'outcome unknown: ' || coalesce(v_remote, message), NULL, '08007', true, NULL)::cron_engine.outcome;
    END IF;
    RETURN ('failed', coalesce(v_remote, 'ERROR:  ' || message), NULL, error_code, true, NULL)::cron_engine.outcome;
END;
$body$;
COMMENT ON FUNCTION cron_engine.command_error(text, text, text) IS 'The outcome of a command that was sent and raised an error.';
