CREATE OR REPLACE FUNCTION cron_engine.last_statement(command text, conforming boolean, statements text[])
RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_parts text[] := string_to_array(command, ';');
    v_count integer := cardinality(v_parts);
BEGIN
    FOR i IN REVERSE v_count .. greatest(v_count - 20, 2) LOOP
        -- A semicolon ends a statement if both sides of it are read as before.
        IF cron_engine.statements(array_to_string(v_parts[i:], ';'), conforming) = statements[cardinality(statements):]
           AND cron_engine.statements(array_to_string(v_parts[:i - 1], ';'), conforming) = statements[:cardinality(statements) - 1] THEN
            RETURN array_to_string(v_parts[i:], ';');
        END IF;
    END LOOP;
    RETURN command;
END;
$body$;
COMMENT ON FUNCTION cron_engine.last_statement(text, boolean, text[]) IS
    'The text of the last of a command''s statements, which are given as cron_engine.statements reads them; all of the command if it is not found.';
