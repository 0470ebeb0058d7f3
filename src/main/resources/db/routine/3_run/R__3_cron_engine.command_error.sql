CREATE OR REPLACE FUNCTION cron_engine.command_error(connection text, command text, state text, message text)
RETURNS cron_engine.outcome
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- libpq's own words; dblink has none for a result of COPY, and for a connection that broke.
    v_remote text := rtrim(nullif(${dblink}.dblink_error_message(connection), 'OK'), E'\n');
    v_copy   boolean := state = '08006' AND cron_engine.bare_command(command) ~* $re$\mcopy\M$re$ AND coalesce(v_remote, '') !~ '^server closed';
BEGIN
    IF NOT v_copy AND state ~ '^(08|57P)' THEN
        -- The command was on its way, and its last COMMIT may have come through before the connection broke.
        RETURN ('failed', 'outcome unknown: ' || coalesce(v_remote, message), NULL, '08007', true)::cron_engine.outcome;
    END IF;
    RETURN ('failed', CASE WHEN v_copy THEN 'COPY not supported' ELSE coalesce(v_remote, 'ERROR:  ' || message) END, NULL, state, true)::cron_engine.outcome;
END;
$body$;
COMMENT ON FUNCTION cron_engine.command_error(text, text, text, text) IS 'The outcome of a command that was sent and raised an error.';
