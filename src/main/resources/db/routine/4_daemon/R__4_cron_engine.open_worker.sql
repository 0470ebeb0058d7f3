-- The daemon's side of the worker sessions. The table says what the daemon believes; a connection that broke is noticed at its next use.

CREATE OR REPLACE FUNCTION cron_engine.open_worker(login text, now timestamptz)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- Of type text, as dblink's parameters: where dblink is in a schema that others may write to, a function for another type would be taken.
    v_server  text := (SELECT l.server FROM cron_engine.login l WHERE l.username = login);
    -- As it was before: what changes meanwhile shows as a difference.
    v_terms   text := cron_engine.login_terms(login);
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
    -- Nor is the first CALL's time to run out, see work(); each run has the timeout of its role.
    INSERT INTO cron_engine.worker (name, login, pid, terms, seat, opened_at, since)
    SELECT v_name, login, p.pid, v_terms,
           (SELECT min(n) FROM generate_series(1, (SELECT count(*) + 1 FROM cron_engine.worker)) n
             WHERE NOT EXISTS (SELECT FROM cron_engine.worker w WHERE w.seat = n)), now, now
      FROM ${dblink}.dblink(v_name, $sql$SELECT pg_catalog.pg_backend_pid(), pg_catalog.set_config('statement_timeout', '0', false)$sql$) AS p (pid integer, done text);
    RETURN true;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL;
    PERFORM cron_engine.disconnect(v_name);
    -- What passes by itself is waited for; anything else fails the runs that need this login, and no other.
    IF NOT cron_engine.may_connect_later(login, v_detail) THEN
        PERFORM cron_engine.refuse_runs(login, 'connection failed', CASE
            WHEN EXISTS (SELECT FROM pg_roles r WHERE r.rolname = login) THEN coalesce(nullif(v_detail, ''), v_message)
            -- For the server a wrong password and no such role are the same.
            ELSE format('role "%s" does not exist', login) END, SQLSTATE);
    END IF;
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.open_worker(text, timestamptz) IS
    'Connects a worker for a login; false if that cannot be now. Where it never can, the login''s waiting runs fail with the reason.';
