CREATE OR REPLACE FUNCTION cron_engine.asked_columns(connection text, command text)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- A cursor takes one statement and no other, and nobody could cancel this while it waits for a lock.
    PERFORM ${dblink}.dblink_exec(connection, format('DO %L', format($do$
        DECLARE
            v_cursor refcursor;
            v_plan   json;
        BEGIN
            PERFORM pg_catalog.set_config('lock_timeout', '100ms', true);
            OPEN v_cursor FOR EXECUTE %L;
            FETCH v_cursor INTO v_plan;
            PERFORM pg_catalog.set_config('cronlink.columns', pg_catalog.json_array_length(
                pg_catalog.json_extract_path(v_plan, '0', 'Plan', 'Output'))::text, false);
        END $do$, 'EXPLAIN (VERBOSE, FORMAT JSON) ' || command)));
    RETURN (SELECT s.columns FROM ${dblink}.dblink(connection, 'SHOW cronlink.columns') AS s (columns integer));
EXCEPTION WHEN OTHERS THEN
    RETURN 1;
END;
$body$;
COMMENT ON FUNCTION cron_engine.asked_columns(text, text) IS
    'How many columns the rows have that a statement returns, by its plan on the server; 1 if that does not say. The statement is not executed.';
