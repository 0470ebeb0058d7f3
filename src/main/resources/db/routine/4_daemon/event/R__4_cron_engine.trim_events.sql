CREATE OR REPLACE FUNCTION cron_engine.trim_events(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
AS $body$
DECLARE
    v_last  record;
    v_first record;
    v_since bigint := extract(epoch FROM now - interval '1 h') * 1000000;
BEGIN
    SELECT e.id, e.total INTO v_last FROM cron_engine.event e ORDER BY e.id DESC LIMIT 1;
    SELECT e.id, e.total INTO v_first FROM cron_engine.event e ORDER BY e.id LIMIT 1;
    IF v_first.id < v_since OR v_first.total < v_last.total - 500000 THEN
        -- The last one stays: it says how far whoever has read it has come.
        DELETE FROM cron_engine.event e
         WHERE e.id <= (SELECT max(o.id)
                          FROM (SELECT f.id, f.total FROM cron_engine.event f ORDER BY f.id LIMIT 2000) o
                         WHERE (o.id < v_since OR o.total < v_last.total - 500000) AND o.id < v_last.id);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.trim_events(timestamptz) IS 'Removes the oldest events beyond those of an hour and beyond half a million runs, some at a time.';
