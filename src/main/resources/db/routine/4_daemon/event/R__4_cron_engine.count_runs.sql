CREATE OR REPLACE FUNCTION cron_engine.count_runs(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
AS $body$
DECLARE
    v_counted bigint := (SELECT p.event FROM cron_engine.count_point p);
    v_last    bigint := (SELECT e.id FROM cron_engine.event e ORDER BY e.id DESC LIMIT 1);
    v_ended   bigint[];
BEGIN
    IF v_last = v_counted OR v_last IS NULL THEN
        RETURN;
    ELSIF v_last < v_counted THEN
        -- The server crashed, and its clock was set back.
        v_counted := 0;
    END IF;
    v_ended := ARRAY(SELECT r.runid
                       FROM cron_engine.event e
                      CROSS JOIN LATERAL unnest(e.runids, e.statuses) r (runid, status)
                      WHERE e.id > v_counted AND e.kind = 'runs' AND r.status <> 'running');
    IF v_ended <> '{}' THEN
        PERFORM cron_engine.add_counts(v_ended);
    END IF;
    UPDATE cron_engine.count_point p SET event = v_last;
    PERFORM cron_engine.trim_events(now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.count_runs(timestamptz) IS
    'Counts the runs that ended since it was called last: now and then, as a call costs more than a run, and before any that were not counted leave the history.';
