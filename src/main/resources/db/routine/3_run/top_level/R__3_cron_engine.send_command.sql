CREATE OR REPLACE FUNCTION cron_engine.send_command(connection text, command text)
RETURNS cron_engine.outcome
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
AS $body$
DECLARE
    -- Only a backslash needs to know.
    v_conforming boolean := strpos(command, E'\\') = 0 OR
        (SELECT s.setting FROM ${dblink}.dblink(connection, 'SHOW standard_conforming_strings') AS s (setting boolean));
    v_all        text[] := cron_engine.statements(command, v_conforming);
    v_last       text := v_all[cardinality(v_all)];
    v_columns    integer := CASE WHEN v_last IS NULL THEN 0 ELSE cron_engine.row_columns(v_last) END;
BEGIN
    IF cardinality(v_all) = 1 AND cron_engine.verb(v_last) IN ('select', 'values', 'table') AND v_columns IS DISTINCT FROM 0
       AND NOT (cron_engine.returns_one_row(command) AND v_columns IS NOT NULL) THEN
        -- If it cannot be a cursor, it is sent as it is: see read_result.
        PERFORM ${dblink}.dblink_send_query(connection, cron_engine.cursor_command(command));
        RETURN (NULL, '0 rows', NULL, NULL, true, -4)::cron_engine.outcome;
    END IF;
    v_columns := coalesce(v_columns, cron_engine.asked_columns(connection, cron_engine.last_statement(command, v_conforming, v_all)));
    PERFORM ${dblink}.dblink_send_query(connection, command);
    RETURN (NULL, '0 rows', NULL, NULL, true, v_columns)::cron_engine.outcome;
END;
$body$;
COMMENT ON FUNCTION cron_engine.send_command(text, text) IS
    'Sends a command on a connection of this session. Its text only tells how its results are best read: whatever it is, the server gets it.';
