CREATE OR REPLACE FUNCTION cron_engine.carry_out_order(action text, worker text, server text, call text)
RETURNS cron_engine.launcher_event
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_pid     integer;
    v_from    timestamptz;
    v_busy    boolean;
    v_served  text;
    v_message text;
    v_detail  text;
    v_hint    text;
BEGIN
    CASE action
        WHEN 'connect' THEN
            PERFORM ${dblink}.dblink_connect(worker, server);
            -- Nor is the first CALL's time to run out, see work(); each run has the timeout of its role.
            SELECT p.pid INTO v_pid
              FROM ${dblink}.dblink(worker, $sql$SELECT pg_catalog.pg_backend_pid(), pg_catalog.set_config('statement_timeout', '0', false)$sql$) AS p (pid integer, done text);
            PERFORM ${dblink}.dblink_send_query(worker, call);
            RETURN (worker, 'connected', v_pid, NULL, NULL, NULL, NULL, NULL)::cron_engine.launcher_event;
        WHEN 'wait' THEN
            PERFORM cron_engine.wait_until(to_timestamp(call::double precision));
        WHEN 'send' THEN
            IF NOT cron_engine.send(worker, call) THEN
                PERFORM cron_engine.disconnect(worker);
                RETURN (worker, 'broken', NULL, NULL, NULL, NULL, NULL, NULL)::cron_engine.launcher_event;
            END IF;
        WHEN 'look' THEN
            -- Each look reads 16 kB at most. What takes longer than a moment has read some, so there may be more.
            FOR i IN 1 .. 64 LOOP
                v_from := clock_timestamp();
                v_busy := ${dblink}.dblink_is_busy(worker) = 1;
                EXIT WHEN NOT v_busy OR clock_timestamp() < v_from + interval '20 microseconds';
            END LOOP;
            IF NOT v_busy THEN
                -- The second call takes the end of the results.
                v_served := (SELECT r.served FROM ${dblink}.dblink_get_result(worker) AS r (served text));
                PERFORM FROM ${dblink}.dblink_get_result(worker) AS r (served text);
                RETURN (worker, 'done', NULL, v_served, NULL, NULL, NULL, NULL)::cron_engine.launcher_event;
            END IF;
        WHEN 'cancel' THEN
            PERFORM ${dblink}.dblink_cancel_query(worker);
        WHEN 'close' THEN
            PERFORM cron_engine.disconnect(worker);
        WHEN 'signal' THEN
            PERFORM ${dblink}.dblink_connect('cronlink signal', server);
            PERFORM FROM ${dblink}.dblink('cronlink signal', call) AS r (sent boolean);
            PERFORM cron_engine.disconnect('cronlink signal');
    END CASE;
    RETURN NULL;
-- OTHERS does not cover the first two, which may come from a job's session.
EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
    GET STACKED DIAGNOSTICS v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL, v_hint = PG_EXCEPTION_HINT;
    PERFORM cron_engine.disconnect(CASE action WHEN 'signal' THEN 'cronlink signal' ELSE worker END);
    RETURN (worker, CASE action WHEN 'connect' THEN 'refused' WHEN 'look' THEN 'failed' WHEN 'signal' THEN 'not signalled' ELSE 'broken' END,
            NULL, NULL, SQLSTATE, left(v_message, 100000), left(v_detail, 100000), left(v_hint, 100000))::cron_engine.launcher_event;
END;
$body$;
COMMENT ON FUNCTION cron_engine.carry_out_order(text, text, text, text) IS
    'Does one thing with a worker whose connection this session holds, or is to: see cron_engine.launcher_order. Returns what is to be told of it; NULL: nothing.';
