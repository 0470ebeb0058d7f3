CREATE OR REPLACE FUNCTION cron_engine.run_command(command text, conforming boolean, OUT message text, OUT first_value text)
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned: the command is to see that of its role.
DECLARE
    v_rows  refcursor;
    v_count bigint;
BEGIN
    IF cron_engine.returns_one_row(command) THEN
        EXECUTE command INTO first_value;
        GET DIAGNOSTICS v_count = ROW_COUNT;
        message := cron_engine.row_message(v_count);
        RETURN;
    ELSIF cron_engine.returns_rows(command) THEN
        BEGIN
            -- A cursor, so that a large result passes by without being kept.
            OPEN v_rows NO SCROLL FOR EXECUTE command;
            FETCH v_rows INTO first_value;
            IF FOUND THEN
                MOVE FORWARD ALL FROM v_rows;
                GET DIAGNOSTICS v_count = ROW_COUNT;
                v_count := v_count OPERATOR(pg_catalog.+) 1;
            END IF;
            CLOSE v_rows;
            message := cron_engine.row_message(coalesce(v_count, 0));
            RETURN;
        EXCEPTION WHEN OTHERS THEN
            IF v_rows IS NOT NULL THEN
                RAISE;
            END IF;
            -- Nothing has happened yet. It cannot be a cursor, or it is several statements, of which a later one needs an earlier one.
        END;
    END IF;
    EXECUTE command;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    message := cron_engine.completion_message(command, conforming, v_count);
END;
$body$;
COMMENT ON FUNCTION cron_engine.run_command(text, boolean) IS
    'Executes a command; what libpq would say of it, and the first column of the first row it returned. conforming: standard_conforming_strings, as it is before.';
