CREATE OR REPLACE FUNCTION cron_engine.send_stops(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- By the index of the runs that are ready, however many wait: a table that is empty now has the same statistics when it is full.
SET enable_seqscan = off
SET enable_sort = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $body$
DECLARE
    v_told bigint[];
BEGIN
    PERFORM cron_engine.signal_worker(q.login, q.pid, q.stop_sent_at + s.cancel_grace < now)
       FROM cron_engine.queue q CROSS JOIN cron.settings s
      WHERE q.ready AND q.stop_sent_at <= now AND q.pid IS NOT NULL
            -- Who waits for a command at top level looks by himself, see poll_top_level(): a signal might hit him between two looks.
            AND (q.top_level IS NOT TRUE OR q.connect_before IS NOT NULL OR q.stop_sent_at + s.cancel_grace < now)
      ORDER BY q.login, -q.priority, q.runid;
    -- A statement_timeout strikes once, but strike it must.
    WITH over AS MATERIALIZED (
        SELECT q.runid, q.login, q.pid, q.timed_out_at FROM cron_engine.queue q
         WHERE q.ready AND q.timed_out_at <= now AND q.statement_timeout IS NOT NULL AND q.stop_sent_at IS NULL AND q.pid IS NOT NULL
         ORDER BY q.login, -q.priority, q.runid
           FOR UPDATE SKIP LOCKED
    ), told AS MATERIALIZED (
        SELECT o.runid, cron_engine.strike(o.login, o.pid, o.timed_out_at, now) AS sent FROM over o
    )
    SELECT array_agg(t.runid) INTO v_told FROM told t WHERE t.sent;
    UPDATE cron_engine.queue q SET statement_timeout = NULL WHERE q.runid = ANY (v_told);
END;
$body$;
COMMENT ON FUNCTION cron_engine.send_stops(timestamptz) IS 'Signals the workers of marked runs: cancel, and after the grace time terminate. Repeated until they have stopped.';
