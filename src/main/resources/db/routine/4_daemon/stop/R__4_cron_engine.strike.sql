CREATE OR REPLACE FUNCTION cron_engine.strike(login text, worker_pid integer, marked timestamptz, now timestamptz)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Before PostgreSQL 18 the server signals twice for each cancel that comes by way of a connection, to the process and to its group
    -- (signal_child() in its postmaster.c). What catches the first would be hit by the second.
    IF current_setting('server_version_num')::integer >= 180000 THEN
        RETURN cron_engine.signal_worker(login, worker_pid, false);
    ELSIF NOT cron_engine.is_worker_alive(worker_pid, login) OR cron_engine.signal_backend(worker_pid, false) THEN
        RETURN true;
    END IF;
    -- Connecting may take its time, in which the worker may have moved on to another run; up to a moment that is seen by its stray_stop.
    RETURN cron_engine.signal_as_login(login, worker_pid, format($sql$
        SELECT pg_catalog.pg_cancel_backend(a.pid) FROM pg_catalog.pg_stat_activity a
         WHERE a.pid OPERATOR(pg_catalog.=) %s AND a.xact_start OPERATOR(pg_catalog.<) %L::pg_catalog.timestamptz
        $sql$, worker_pid, marked + interval '0.1 s'), now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.strike(text, integer, timestamptz, timestamptz) IS
    'Cancels once what a worker does since before it was marked, as a statement_timeout does; false: there is no way to now. Should its role get no session for that, it is canceled by way of its connection, see note_event().';
