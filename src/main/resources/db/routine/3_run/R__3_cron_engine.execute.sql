CREATE OR REPLACE FUNCTION cron_engine.execute(command text, may_leave boolean)
RETURNS cron_engine.outcome
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned: the command is to see that of its role. What follows the command is qualified throughout.
DECLARE
    v_outcome cron_engine.outcome;
    v_message text;
    v_detail  text;
    v_hint    text;
    v_context text;
BEGIN
    -- Inside a CALL, whose own time is running, a statement_timeout that the command sets would never be armed.
    v_outcome.needs_top_level := may_leave AND cron_engine.sets_timeout(command);
    IF v_outcome.needs_top_level THEN
        RETURN v_outcome;
    END IF;
    BEGIN
        SELECT c.message, c.first_value INTO v_outcome.message, v_outcome.result FROM cron_engine.run_command(command) c;
        -- Deferred constraints fail here, where it can be recorded, and not at the COMMIT.
        SET CONSTRAINTS ALL IMMEDIATE;
        v_outcome.status := 'succeeded';
    -- OTHERS does not cover the first two.
    EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
        GET STACKED DIAGNOSTICS v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL, v_hint = PG_EXCEPTION_HINT,
                                v_context = PG_EXCEPTION_CONTEXT;
        v_outcome := ('failed', cron_engine.error_message(command, SQLSTATE, v_message, v_detail, v_hint, v_context), NULL, SQLSTATE,
                      may_leave AND cron_engine.needs_top_level(SQLSTATE, v_message))::cron_engine.outcome;
    END;
    RETURN v_outcome;
END;
$body$;
COMMENT ON FUNCTION cron_engine.execute(text, boolean) IS
    'Executes a command in a subtransaction and tells how it ended; needs_top_level: it was refused, and undone, because it cannot run in a transaction.';

CREATE OR REPLACE FUNCTION cron_engine.run_command(command text, OUT message text, OUT first_value text)
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned: the command is to see that of its role.
DECLARE
    v_rows  refcursor;
    v_count bigint;
BEGIN
    IF cron_engine.returns_rows(command) THEN
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
        EXCEPTION WHEN invalid_cursor_definition THEN
            -- Nothing has happened yet: several statements, or one that cannot be a cursor.
            first_value := NULL;
        END;
    END IF;
    EXECUTE command;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    message := cron_engine.completion_message(command, v_count);
END;
$body$;
COMMENT ON FUNCTION cron_engine.run_command(text) IS 'Executes a command; what libpq would say of it, and the first column of the first row it returned.';

CREATE OR REPLACE FUNCTION cron_engine.sets_timeout(command text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $body$
    SELECT command OPERATOR(pg_catalog.~*) '\mset\M.*\mstatement_timeout\M'
$body$;
COMMENT ON FUNCTION cron_engine.sets_timeout(text) IS 'Whether a command looks as if it set statement_timeout.';

CREATE OR REPLACE FUNCTION cron_engine.needs_top_level(state text, message text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- 25001: VACUUM and the like; 2D000: a procedure that commits; 0A000: BEGIN, COMMIT, SELECT INTO as text.
    SELECT state IN ('25001', '2D000') OR state = '0A000' AND message LIKE 'EXECUTE of %'
$body$;
COMMENT ON FUNCTION cron_engine.needs_top_level(text, text) IS 'Whether an error says that the command must not be inside a transaction.';
