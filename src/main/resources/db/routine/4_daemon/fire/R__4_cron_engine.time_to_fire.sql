CREATE OR REPLACE FUNCTION cron_engine.time_to_fire(now timestamptz)
RETURNS interval
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET enable_sort = off
AS $body$
DECLARE
    v_first timestamptz := cron_engine.first_fire();
BEGIN
    IF (v_first < now + cron_engine.fire_is_near()) IS NOT TRUE THEN
        RETURN cron_engine.head_start();
    END IF;
    -- No more than fit into fire_is_near().
    RETURN cron_engine.head_start() + cron_engine.time_to_queue(
               (SELECT count(*) FROM (SELECT FROM cron_engine.due d WHERE d.next_fire < v_first + interval '5 ms' ORDER BY d.next_fire LIMIT 1000) d));
END;
$body$;
COMMENT ON FUNCTION cron_engine.time_to_fire(timestamptz) IS
    'How long before its time the next fire is to be queued: the head start, and longer where many are due at once, so that all are queued when the time has come.';
