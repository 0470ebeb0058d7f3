CREATE OR REPLACE FUNCTION cron_engine.mark_stops(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_count integer;
BEGIN
    WITH overdue AS (
        SELECT q.runid FROM cron_engine.queue q
         WHERE q.pid IS NOT NULL AND q.stop_sent_at IS NULL
               AND (q.stop_reason IS NOT NULL OR q.started_at + q.timeout <= now OR q.connect_before <= now)
           FOR UPDATE SKIP LOCKED
    )
    UPDATE cron_engine.queue q
       SET stop_reason = coalesce(q.stop_reason, 'timeout'), stop_asked_at = coalesce(q.stop_asked_at, now), stop_sent_at = now
      FROM overdue o WHERE q.runid = o.runid;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END;
$body$;
COMMENT ON FUNCTION cron_engine.mark_stops(timestamptz) IS
    'Marks the runs that are to stop now: cancelled by somebody, or past their timeout. The mark is committed before a signal is sent, so that a worker which has moved on knows whom it was meant for.';

CREATE OR REPLACE FUNCTION cron_engine.send_stops(now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.signal_worker(q.login, q.pid, q.stop_sent_at + s.cancel_grace < now)
      FROM cron_engine.queue q CROSS JOIN cron.settings s
     WHERE q.stop_sent_at <= now AND q.pid IS NOT NULL
$body$;
COMMENT ON FUNCTION cron_engine.send_stops(timestamptz) IS 'Signals the workers of marked runs: cancel, and after the grace time terminate. Repeated until they have stopped.';

CREATE OR REPLACE FUNCTION cron_engine.signal_worker(login text, pid integer, terminate boolean)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Only the same role may signal a backend, so the signal goes through a connection of that role: the worker may be one of
    -- an earlier daemon, whose connection this one does not have.
    PERFORM cron_engine.disconnect('cronlink signal');
    PERFORM ${dblink}.dblink_connect('cronlink signal', (SELECT l.server::text FROM cron_engine.login l WHERE l.username = login));
    PERFORM FROM ${dblink}.dblink('cronlink signal', format('SELECT pg_catalog.%s(%s)',
        CASE WHEN terminate THEN 'pg_terminate_backend' ELSE 'pg_cancel_backend' END, pid)) AS r (sent boolean);
    PERFORM cron_engine.disconnect('cronlink signal');
EXCEPTION WHEN OTHERS THEN
    PERFORM cron_engine.disconnect('cronlink signal');
    RAISE LOG 'cronlink: worker % of role "%" could not be signalled: %', pid, login, SQLERRM;
END;
$body$;
COMMENT ON FUNCTION cron_engine.signal_worker(text, integer, boolean) IS 'Cancels what a worker does, or ends its session.';
