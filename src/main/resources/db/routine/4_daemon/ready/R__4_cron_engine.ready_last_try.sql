CREATE OR REPLACE FUNCTION cron_engine.ready_last_try(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET jit = off
AS $body$
DECLARE
    v_run bigint := (SELECT CASE WHEN q.waits_for = 'last try' THEN q.runid END FROM cron_engine.queue q
                      WHERE CASE WHEN q.waits_for = 'last try' THEN q.runid END IS NOT NULL
                      ORDER BY CASE WHEN q.waits_for = 'last try' THEN q.runid END LIMIT 1);
BEGIN
    IF v_run IS NULL OR EXISTS (SELECT FROM cron_engine.queue q WHERE q.ready AND q.careful AND q.claims >= 2) THEN
        RETURN 0;
    END IF;
    RETURN cron_engine.ready_runs(ARRAY[v_run], now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.ready_last_try(timestamptz) IS
    'Lets the next of the runs start that were under way at two crashes of the server, if none of them is ready: each has its last try alone among them. Returns for how many something was new.';
