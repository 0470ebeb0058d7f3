CREATE OR REPLACE FUNCTION cron_engine.notify_started(known bigint[])
RETURNS bigint[]
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- By the index of the ready ones: the table itself stays as long as its longest queue was.
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET jit = off
AS $body$
DECLARE
    v_running bigint[] := ARRAY(SELECT q.runid FROM cron_engine.queue q WHERE q.ready AND q.pid IS NOT NULL
                                 ORDER BY q.login, q.priority DESC, q.runid);
    v_started bigint[] := (SELECT array_agg(r) FROM unnest(v_running) r WHERE r <> ALL (known));
BEGIN
    IF v_started IS NOT NULL THEN
        PERFORM cron_engine.notify_runs(v_started);
    END IF;
    RETURN v_running;
END;
$body$;
COMMENT ON FUNCTION cron_engine.notify_started(bigint[]) IS 'Notifies of runs that have started since those known were running. Returns those that are running now.';
