CREATE OR REPLACE FUNCTION cron_engine.cursor_command(command text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- dblink keeps a whole result in memory and cannot read one whose columns it does not know; what a cursor moves over, it need not.
    SELECT 'BEGIN; DECLARE cronlink NO SCROLL CURSOR FOR ' || regexp_replace(command, ';\s*$', '')
           || E'\n; FETCH NEXT FROM cronlink; MOVE FORWARD ALL FROM cronlink; COMMIT'
     WHERE command ~* '^[\s(]*(select|values|table|with)\M' AND cron_engine.bare_command(command) !~ ';'
           AND cron_engine.bare_command(command) !~* '\m(into|insert|update|delete|merge)\M'
$body$;
COMMENT ON FUNCTION cron_engine.cursor_command(text) IS 'A command that only reads, as a cursor that is moved over; NULL for any other.';

CREATE OR REPLACE FUNCTION cron_engine.send_top_level(command text)
RETURNS cron_engine.outcome
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF cron_engine.bare_command(command) = '' THEN
        RETURN ('succeeded', '0 rows', NULL, NULL, true)::cron_engine.outcome;
    END IF;
    PERFORM ${dblink}.dblink_send_query('cronlink top level', coalesce(cron_engine.cursor_command(command), command));
    RETURN (NULL, '0 rows', NULL, NULL, true)::cron_engine.outcome;
END;
$body$;
COMMENT ON FUNCTION cron_engine.send_top_level(text) IS 'Sends a command on the connection opened for it.';

CREATE OR REPLACE FUNCTION cron_engine.poll_top_level(runid bigint, command text, outcome cron_engine.outcome, wait double precision)
RETURNS cron_engine.outcome
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_stop record;
BEGIN
    -- Each look reads 16 kB at most.
    FOR i IN 1 .. 64 LOOP
        IF ${dblink}.dblink_is_busy('cronlink top level') = 0 THEN
            RETURN cron_engine.read_top_level(command, outcome);
        END IF;
    END LOOP;
    SELECT q.stop_asked_at + s.cancel_grace < clock_timestamp() AS late INTO v_stop
      FROM cron_engine.queue q CROSS JOIN cron.settings s
     WHERE q.runid = $1 AND q.stop_reason IS NOT NULL;
    IF v_stop.late THEN
        RETURN ('failed', 'job canceled', NULL, '57014', true)::cron_engine.outcome;
    ELSIF FOUND THEN
        PERFORM ${dblink}.dblink_cancel_query('cronlink top level');
    END IF;
    PERFORM pg_sleep(wait);
    RETURN outcome;
EXCEPTION WHEN query_canceled THEN
    -- Why it is to stop stands in the queue, and is acted upon at the next look; a cancel that says nothing there came too late for another run.
    RETURN outcome;
END;
$body$;
COMMENT ON FUNCTION cron_engine.poll_top_level(bigint, text, cron_engine.outcome, double precision) IS
    'Looks whether the command at top level has a result, passes a cancel on, else waits a moment (in seconds).';

CREATE OR REPLACE FUNCTION cron_engine.read_top_level(command text, outcome cron_engine.outcome)
RETURNS cron_engine.outcome
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_count bigint;
    v_value text;
    v_moved text;
BEGIN
    SELECT count(*), (array_agg(r.value))[1] INTO v_count, v_value FROM ${dblink}.dblink_get_result('cronlink top level') AS r (value text);
    -- An empty result and the end of all results look the same, but only after the end a new query can be sent.
    IF v_count = 0 AND ${dblink}.dblink_send_query('cronlink top level', '') = 1 THEN
        outcome.status := 'succeeded';
    ELSIF cron_engine.cursor_command(command) IS NOT NULL THEN
        v_moved := substring(v_value FROM '^MOVE (\d+)$');
        IF v_moved IS NOT NULL THEN
            v_count := v_moved::bigint + substring(outcome.message FROM '^\d+')::bigint;
            outcome.message := format('%s row%s', v_count, CASE WHEN v_count <> 1 THEN 's' END);
        ELSIF v_count = 1 AND v_value NOT IN ('BEGIN', 'DECLARE CURSOR', 'COMMIT') THEN
            outcome.message := '1 row';
            outcome.result := v_value;
        END IF;
    ELSIF v_count = 1 AND v_value ~ '^[A-Z]+( [A-Z]+)*( \d+)*$' THEN
        outcome.message := v_value;
    ELSE
        outcome.message := format('%s row%s', v_count, CASE WHEN v_count <> 1 THEN 's' END);
        outcome.result := coalesce(outcome.result, v_value);
    END IF;
    RETURN outcome;
EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
    IF SQLSTATE = '42804' THEN
        -- Rows of several columns: there were some, their number is unknown.
        outcome.message := CASE WHEN cron_engine.cursor_command(command) IS NULL THEN 'rows' ELSE '1 row' END;
        RETURN outcome;
    END IF;
    RETURN cron_engine.top_level_error(command, SQLSTATE, SQLERRM);
END;
$body$;
COMMENT ON FUNCTION cron_engine.read_top_level(text, cron_engine.outcome) IS 'Takes one result of the command at top level into its outcome.';

CREATE OR REPLACE FUNCTION cron_engine.top_level_error(command text, state text, message text)
RETURNS cron_engine.outcome
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- libpq's own words; dblink has none for a result of COPY, and for a connection that broke.
    v_remote text := ${dblink}.dblink_error_message('cronlink top level');
BEGIN
    RETURN ('failed',
            CASE WHEN state = '08006' AND cron_engine.bare_command(command) ~* '\mcopy\M' THEN 'COPY not supported'
                 WHEN coalesce(v_remote, 'OK') <> 'OK' THEN rtrim(v_remote, E'\n')
                 ELSE 'ERROR:  ' || message END,
            NULL, state, true)::cron_engine.outcome;
END;
$body$;
COMMENT ON FUNCTION cron_engine.top_level_error(text, text, text) IS 'The outcome of a command at top level that raised an error.';
