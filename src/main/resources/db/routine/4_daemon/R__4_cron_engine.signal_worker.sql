CREATE OR REPLACE FUNCTION cron_engine.signal_worker(login text, pid integer, terminate boolean)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_worker text := (SELECT w.name FROM cron_engine.worker w
                       WHERE w.pid = $2 AND w.login = $1 AND w.name = ANY (${dblink}.dblink_get_connections()));
    v_detail text;
BEGIN
    IF NOT cron_engine.is_worker_alive(pid, login) THEN
        RETURN true;
    END IF;
    -- A cancel by way of the own connection takes no session, and asks for no right and no password.
    IF NOT terminate AND v_worker IS NOT NULL THEN
        IF ${dblink}.dblink_cancel_query(v_worker) = 'OK' THEN
            RETURN true;
        END IF;
    END IF;
    IF NOT cron_engine.signal_backend(pid, terminate) THEN
        -- As the role itself: the worker may be one of an earlier daemon, whose connection this one does not have.
        PERFORM cron_engine.disconnect('cronlink signal');
        PERFORM ${dblink}.dblink_connect('cronlink signal', (SELECT l.server::text FROM cron_engine.login l WHERE l.username = login));
        PERFORM FROM ${dblink}.dblink('cronlink signal', format('SELECT pg_catalog.%s(%s)',
            CASE WHEN terminate THEN 'pg_terminate_backend' ELSE 'pg_cancel_backend' END, pid)) AS r (sent boolean);
        PERFORM cron_engine.disconnect('cronlink signal');
    END IF;
    RETURN true;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS v_detail = PG_EXCEPTION_DETAIL;
    PERFORM cron_engine.disconnect('cronlink signal');
    UPDATE cron.job_run_details d
       SET note = left(concat_ws('; ', d.note, 'cannot be stopped: ' || coalesce(nullif(v_detail, ''), SQLERRM)), 1000)
      FROM cron_engine.queue q
     WHERE q.pid = $2 AND q.login = $1 AND d.runid = q.runid AND strpos(coalesce(d.note, ''), 'cannot be stopped: ') = 0;
    IF FOUND THEN
        RAISE LOG 'cronlink: worker % of role "%" could not be signalled: %, %', pid, login, SQLERRM, v_detail;
    END IF;
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.signal_worker(text, integer, boolean) IS
    'Cancels what a worker does, or ends its session; false: there is no way to, and its run says so in its note.';
