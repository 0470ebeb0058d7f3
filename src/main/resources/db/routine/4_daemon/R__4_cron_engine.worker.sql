-- The daemon's side of the worker sessions. The table says what the daemon believes; a connection that broke is noticed at its next use.

CREATE OR REPLACE FUNCTION cron_engine.open_worker(login text, now timestamptz)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- Of type text, as dblink's parameters: where dblink is in a schema that others may write to, a function for another type would be taken.
    v_server  text := (SELECT l.server FROM cron_engine.login l WHERE l.username = login);
    -- Without the login: dblink cuts a name after 63 bytes.
    v_name    text := 'cronlink ' || nextval('cron_engine.worker_seq');
    v_message text;
    v_detail  text;
BEGIN
    IF v_server IS NULL THEN
        PERFORM cron_engine.refuse_runs(login, format('no login is registered for role "%s"', login), cron_engine.login_hint(login), '28000');
        RETURN false;
    END IF;
    PERFORM ${dblink}.dblink_connect(v_name, v_server);
    INSERT INTO cron_engine.worker (name, login, pid, opened_at, since)
    SELECT v_name, login, p.pid, now, now FROM ${dblink}.dblink(v_name, 'SELECT pg_catalog.pg_backend_pid()') AS p (pid integer);
    RETURN true;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL;
    PERFORM cron_engine.disconnect(v_name);
    -- What passes by itself is waited for; anything else fails the runs that need this login, and no other.
    IF v_detail !~ 'too many clients|connection slots|too many connections|starting up|shutting down|recovery mode|terminating connection|server closed the connection' THEN
        PERFORM cron_engine.refuse_runs(login, 'connection failed', coalesce(nullif(v_detail, ''), v_message), SQLSTATE);
    END IF;
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.open_worker(text, timestamptz) IS
    'Connects a worker for a login; false if that cannot be now. Where it never can, the login''s waiting runs fail with the reason.';

CREATE OR REPLACE FUNCTION cron_engine.close_worker(worker_name text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.disconnect(worker_name);
    DELETE FROM cron_engine.worker w WHERE w.name = worker_name;
END;
$body$;
COMMENT ON FUNCTION cron_engine.close_worker(text) IS 'Parts with a worker.';

CREATE OR REPLACE FUNCTION cron_engine.start_worker(worker_name text, now timestamptz)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF ${dblink}.dblink_send_query(worker_name, 'CALL cron_engine.work(''10 s'')') = 1 THEN
        UPDATE cron_engine.worker w SET busy = true, since = now WHERE w.name = worker_name;
        RETURN true;
    END IF;
    PERFORM cron_engine.close_worker(worker_name);
    RETURN false;
EXCEPTION WHEN OTHERS THEN
    PERFORM cron_engine.close_worker(worker_name);
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.start_worker(text, timestamptz) IS 'Sets an idle worker to work; false: its connection was broken, and it is gone.';

CREATE OR REPLACE FUNCTION cron_engine.collect_worker(worker_name text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_message text;
    v_detail  text;
    v_hint    text;
BEGIN
    IF ${dblink}.dblink_is_busy(worker_name) = 1 THEN
        RETURN;
    END IF;
    -- The second call takes the end of the results.
    PERFORM FROM ${dblink}.dblink_get_result(worker_name) AS r (tag text);
    PERFORM FROM ${dblink}.dblink_get_result(worker_name) AS r (tag text);
    UPDATE cron_engine.worker w SET busy = false, since = now WHERE w.name = worker_name;
-- OTHERS does not cover the first two, which may come from a job's session.
EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
    GET STACKED DIAGNOSTICS v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL, v_hint = PG_EXCEPTION_HINT;
    -- The CALL failed where nothing can catch it: at the COMMIT, or by the end of its session.
    PERFORM cron_engine.fail_run_of_worker(worker_name, SQLSTATE, v_message, v_detail, v_hint, now);
    PERFORM cron_engine.close_worker(worker_name);
END;
$body$;
COMMENT ON FUNCTION cron_engine.collect_worker(text, timestamptz) IS 'Looks whether a busy worker has finished, and makes it idle or, after an error, parts with it.';
