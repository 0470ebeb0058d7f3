CREATE OR REPLACE FUNCTION cron_engine.send_command(connection text, command text)
RETURNS cron_engine.outcome
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF cron_engine.bare_command(command) = '' THEN
        RETURN ('succeeded', '0 rows', NULL, NULL, true)::cron_engine.outcome;
    END IF;
    PERFORM ${dblink}.dblink_send_query(connection, coalesce(cron_engine.cursor_command(command), command));
    RETURN (NULL, '0 rows', NULL, NULL, true)::cron_engine.outcome;
END;
$body$;
COMMENT ON FUNCTION cron_engine.send_command(text, text) IS 'Sends a command on a connection of this session; its outcome, if that is known already.';
