CREATE OR REPLACE FUNCTION cron.parallel(commands text[], max_sessions integer DEFAULT 8, timeout interval DEFAULT NULL)
RETURNS TABLE (ordinal integer, status text, result text, message text, start_time timestamptz, end_time timestamptz)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_login   text := cron_engine.caller();
    v_runs    cron_engine.parallel_run[] := '{}';
    v_next    integer := 1;
    v_open    integer := 0;
    v_wait    double precision := 0.001;
BEGIN
    PERFORM cron_engine.require_parallel(v_login, commands, max_sessions);
    WHILE v_next <= cardinality(commands) OR v_open > 0 LOOP
        WHILE v_next <= cardinality(commands) AND v_open < max_sessions LOOP
            v_runs[v_next] := cron_engine.start_parallel(v_login, v_next, commands[v_next], clock_timestamp());
            v_next := v_next + 1;
            v_open := v_open + 1;
            v_wait := 0.001;
        END LOOP;
        v_runs := (SELECT array_agg(CASE WHEN r.end_time IS NULL THEN cron_engine.poll_parallel(r, timeout, clock_timestamp()) ELSE r END ORDER BY r.ordinal)
                     FROM unnest(v_runs) r);
        v_open := (SELECT count(*) FROM unnest(v_runs) r WHERE r.end_time IS NULL);
        IF v_open > 0 THEN
            PERFORM pg_sleep(v_wait);
            v_wait := least(v_wait * 1.5, 0.05);
        END IF;
    END LOOP;
    RETURN QUERY SELECT r.ordinal, (r.outcome).status, (r.outcome).result, (r.outcome).message, r.start_time, r.end_time
                   FROM unnest(v_runs) r ORDER BY r.ordinal;
-- OTHERS does not cover the first two; whatever ends this call ends what it started.
EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
    PERFORM cron_engine.stop_parallel();
    RAISE;
END;
$body$;
COMMENT ON FUNCTION cron.parallel(text[], integer, interval) IS
    'Runs commands side by side, each as a transaction of its own in a session of its own, as the caller, whose login must be registered; needs no daemon. At most max_sessions at a time (1 to 100, default 8); a command that takes longer than timeout is cancelled and fails. Returns for each its ordinal, status (succeeded, failed), result, message, start_time and end_time. Cancelling the call cancels them all. The commands see nothing of the caller''s open transaction, and wait for its locks.';

CREATE OR REPLACE FUNCTION cron_engine.require_parallel(login text, commands text[], max_sessions integer)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF commands IS NULL OR array_position(commands, NULL) IS NOT NULL THEN
        RAISE EXCEPTION 'command can not be NULL' USING ERRCODE = 'null_value_not_allowed';
    ELSIF max_sessions IS NULL OR max_sessions NOT BETWEEN 1 AND 100 THEN
        RAISE EXCEPTION 'max_sessions must be between 1 and 100' USING ERRCODE = 'invalid_parameter_value';
    ELSIF NOT EXISTS (SELECT FROM cron_engine.login l WHERE l.username = login) THEN
        RAISE EXCEPTION 'no login is registered for role "%"', login
            USING ERRCODE = 'undefined_object', HINT = cron_engine.login_hint(login);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_parallel(text, text[], integer) IS 'Refuses what cron.parallel cannot do.';

CREATE OR REPLACE FUNCTION cron_engine.start_parallel(login text, ordinal integer, command text, now timestamptz)
RETURNS cron_engine.parallel_run
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_name   text := 'cronlink parallel ' || ordinal;
    v_way    record;
    v_detail text;
BEGIN
    SELECT coalesce(v.server, l.server) AS server, l.via INTO v_way
      FROM cron_engine.login l LEFT JOIN cron_engine.login v ON v.username = l.via
     WHERE l.username = login;
    PERFORM ${dblink}.dblink_connect(v_name, cron_engine.login_conninfo(v_way.server, VARIADIC ARRAY[
        'application_name=cronlink: parallel', 'options=-c client_min_messages=error -c client_connection_check_interval=1s']));
    IF v_way.via IS NOT NULL THEN
        PERFORM ${dblink}.dblink_exec(v_name, format('SET ROLE %I', login));
    END IF;
    RETURN (ordinal, command, now, NULL, cron_engine.send_command(v_name, command))::cron_engine.parallel_run;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS v_detail = PG_EXCEPTION_DETAIL;
    RETURN (ordinal, command, now, NULL, cron_engine.connection_failed(SQLSTATE, SQLERRM, v_detail))::cron_engine.parallel_run;
END;
$body$;
COMMENT ON FUNCTION cron_engine.start_parallel(text, integer, text, timestamptz) IS 'Connects as a login and sends one command of cron.parallel.';

CREATE OR REPLACE FUNCTION cron_engine.poll_parallel(run cron_engine.parallel_run, timeout interval, now timestamptz)
RETURNS cron_engine.parallel_run
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_name    text := 'cronlink parallel ' || run.ordinal;
    v_outcome cron_engine.outcome := run.outcome;
BEGIN
    WHILE v_outcome.status IS NULL LOOP
        IF ${dblink}.dblink_is_busy(v_name) = 0 THEN
            v_outcome := cron_engine.read_result(v_name, run.command, v_outcome);
        ELSIF now > run.start_time + timeout THEN
            PERFORM ${dblink}.dblink_cancel_query(v_name);
            v_outcome := ('failed', format('timeout after %s', timeout), NULL, '57014', true)::cron_engine.outcome;
        ELSE
            run.outcome := v_outcome;
            RETURN run;
        END IF;
    END LOOP;
    PERFORM cron_engine.disconnect(v_name);
    run.outcome := v_outcome;
    run.end_time := clock_timestamp();
    RETURN run;
END;
$body$;
COMMENT ON FUNCTION cron_engine.poll_parallel(cron_engine.parallel_run, interval, timestamptz) IS 'Looks how far a command of cron.parallel is.';

CREATE OR REPLACE FUNCTION cron_engine.stop_parallel()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_name text;
BEGIN
    FOREACH v_name IN ARRAY coalesce(${dblink}.dblink_get_connections(), '{}') LOOP
        IF v_name LIKE 'cronlink parallel %' THEN
            PERFORM ${dblink}.dblink_cancel_query(v_name);
            PERFORM ${dblink}.dblink_disconnect(v_name);
        END IF;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.stop_parallel() IS 'Cancels all commands of cron.parallel and closes their connections.';
