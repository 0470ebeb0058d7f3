CREATE OR REPLACE FUNCTION cron_engine.purge_alarms(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET jit = off
AS $body$
DECLARE
    v_until  timestamptz := now - (SELECT s.keep_alarms FROM cron.alarm_settings s);
    -- What is still to be sent stays.
    v_purged bigint[] := ARRAY(SELECT a.alarmid FROM cron.alarm a
                                WHERE a.raised_at < v_until AND a.ended_at IS NOT NULL
                                      AND NOT EXISTS (SELECT FROM cron_engine.alarm_delivery d LEFT JOIN cron_engine.alarm_message m USING (messageid)
                                                       WHERE d.alarmid = a.alarmid AND m.ended_at IS NULL)
                                ORDER BY a.raised_at LIMIT 1000);
BEGIN
    IF v_purged <> '{}' THEN
        DELETE FROM cron_engine.alarm_delivery d WHERE d.alarmid = ANY (v_purged);
        DELETE FROM cron.alarm a WHERE a.alarmid = ANY (v_purged);
        DELETE FROM cron_engine.alarm_message m
         WHERE m.created_at < v_until AND m.created_at < now - interval '1 h' AND m.ended_at IS NOT NULL
               AND NOT EXISTS (SELECT FROM cron_engine.alarm_delivery d WHERE d.messageid = m.messageid);
    END IF;
    RETURN cardinality(v_purged);
END;
$body$;
COMMENT ON FUNCTION cron_engine.purge_alarms(timestamptz) IS 'Removes up to 1,000 alarms that ended and are older than cron.alarm_settings keeps them. Returns how many.';
