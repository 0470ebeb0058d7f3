CREATE OR REPLACE FUNCTION cron_engine.signal_worker(login text, pid integer, terminate boolean)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_now    timestamptz := clock_timestamp();
    v_worker cron_engine.worker := (SELECT w FROM cron_engine.worker w
                                     WHERE w.pid = $2 AND w.login = $1
                                           AND NOT EXISTS (SELECT FROM cron_engine.launcher l WHERE l.name = w.launcher AND l.asked_for IS NOT NULL));
    v_detail text;
BEGIN
    IF NOT cron_engine.is_worker_alive(pid, login) THEN
        RETURN true;
    ELSIF NOT terminate AND v_worker.name IS NOT NULL THEN
        -- A cancel by way of the connection to it takes no session, and asks for no right and no password.
        PERFORM cron_engine.give_orders(v_worker.launcher, ARRAY[('cancel', v_worker.name, NULL, NULL)::cron_engine.launcher_order], v_now);
        RETURN true;
    ELSIF cron_engine.signal_backend(pid, terminate) THEN
        RETURN true;
    END IF;
    RETURN cron_engine.signal_as_login(login, pid, format('SELECT pg_catalog.%s(%s)',
        CASE WHEN terminate THEN 'pg_terminate_backend' ELSE 'pg_cancel_backend' END, pid), v_now);
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS v_detail = PG_EXCEPTION_DETAIL;
    PERFORM cron_engine.note_unstoppable(pid, coalesce(nullif(v_detail, ''), SQLERRM));
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.signal_worker(text, integer, boolean) IS
    'Cancels what a worker does, or ends its session; false: there is no way to now. Where there is none, its run says so in its note.';
