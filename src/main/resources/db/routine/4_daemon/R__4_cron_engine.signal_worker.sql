CREATE OR REPLACE FUNCTION cron_engine.signal_worker(login text, pid integer, terminate boolean)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_sent boolean;
BEGIN
    -- Only the same role may signal a backend, so the signal goes through a connection of that role: the worker may be one of
    -- an earlier daemon, whose connection this one does not have.
    PERFORM cron_engine.disconnect('cronlink signal');
    PERFORM ${dblink}.dblink_connect('cronlink signal', (SELECT l.server::text FROM cron_engine.login l WHERE l.username = login));
    PERFORM FROM ${dblink}.dblink('cronlink signal', format('SELECT pg_catalog.%s(%s)',
        CASE WHEN terminate THEN 'pg_terminate_backend' ELSE 'pg_cancel_backend' END, pid)) AS r (sent boolean);
    PERFORM cron_engine.disconnect('cronlink signal');
    RETURN true;
EXCEPTION WHEN OTHERS THEN
    PERFORM cron_engine.disconnect('cronlink signal');
    -- The role may have no more sessions, or no login. To cancel what an own worker does none is needed.
    v_sent := coalesce((SELECT ${dblink}.dblink_cancel_query(w.name) = 'OK' FROM cron_engine.worker w
                         WHERE w.pid = signal_worker.pid AND w.login = signal_worker.login AND w.name = ANY (${dblink}.dblink_get_connections())), false);
    IF NOT v_sent THEN
        RAISE LOG 'cronlink: worker % of role "%" could not be signalled: %', pid, login, SQLERRM;
    END IF;
    RETURN v_sent;
END;
$body$;
COMMENT ON FUNCTION cron_engine.signal_worker(text, integer, boolean) IS 'Cancels what a worker does, or ends its session; false: that could not be.';
