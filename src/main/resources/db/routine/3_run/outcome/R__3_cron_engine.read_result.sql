CREATE OR REPLACE FUNCTION cron_engine.read_result(connection text, command text, outcome cron_engine.outcome)
RETURNS cron_engine.outcome
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
AS $body$
DECLARE
    v_count bigint;
    v_value text;
BEGIN
    EXECUTE format('SELECT count(*), (array_agg(r.c1))[1] FROM ${dblink}.dblink_get_result($1) AS r (%s)',
                   (SELECT string_agg(format('c%s text', i), ', ') FROM generate_series(1, greatest(outcome.columns, 1)) i))
       INTO v_count, v_value USING connection;
    -- An empty result and the end of all results look the same, but only after the end a new query can be sent. The first row of a cursor is not the end.
    IF v_count = 0 AND outcome.columns IS DISTINCT FROM -3 AND ${dblink}.dblink_send_query(connection, '') = 1 THEN
        RETURN CASE WHEN outcome.sqlstate IS NULL OR outcome.sqlstate = '08006'
                    THEN ('succeeded', outcome.message, outcome.result, NULL, true, NULL)::cron_engine.outcome
                    ELSE ('failed', 'outcome unknown: a cancel struck while the result was read', NULL, outcome.sqlstate, true, NULL)::cron_engine.outcome END;
    ELSIF v_count = 0 AND outcome.columns IS DISTINCT FROM -3 AND ${dblink}.dblink_error_message(connection) LIKE 'no connection%' THEN
        -- The result that said so was lost in the same way, and no other will come.
        RETURN ('failed', 'outcome unknown: the connection was lost', NULL, '08007', true, NULL)::cron_engine.outcome;
    END IF;
    RETURN cron_engine.take_result(outcome, v_count, v_value);
EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
    IF SQLSTATE = '57014' AND ${dblink}.dblink_error_message(connection) = 'OK' THEN
        -- It was not the command that was canceled.
        RAISE;
    END IF;
    RETURN cron_engine.result_error(connection, command, outcome, SQLSTATE, SQLERRM);
END;
$body$;
COMMENT ON FUNCTION cron_engine.read_result(text, text, cron_engine.outcome) IS 'Takes one result of a command that was sent into its outcome.';
