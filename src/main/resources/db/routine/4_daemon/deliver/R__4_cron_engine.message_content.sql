CREATE OR REPLACE FUNCTION cron_engine.message_content(message_id uuid)
RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH told AS (
        SELECT a.*, a.ends_alarmid IS NOT NULL AND EXISTS (SELECT FROM cron_engine.alarm_delivery e
                                                            WHERE e.messageid = message_id AND e.alarmid = a.ends_alarmid) AS along
          FROM cron_engine.alarm_delivery d
          JOIN cron.alarm a USING (alarmid)
         WHERE d.messageid = message_id
    )
    SELECT jsonb_build_object(
               'database', current_database(),
               'kinds', (SELECT jsonb_agg(DISTINCT t.kind) FROM told t WHERE NOT t.along),
               'alarmids', (SELECT jsonb_agg(t.alarmid ORDER BY t.alarmid) FROM told t),
               'count', (SELECT count(*) FROM told t WHERE NOT t.along),
               'alarms', (SELECT jsonb_agg(cron_engine.alarm_content(f.alarm) ORDER BY (f.alarm).alarmid)
                            FROM (SELECT a AS alarm FROM told t JOIN cron.alarm a USING (alarmid) WHERE NOT t.along ORDER BY t.alarmid LIMIT 100) f))
$body$;
COMMENT ON FUNCTION cron_engine.message_content(uuid) IS
    'What a message says: the first hundred of its alarms, the ids of all, and how many they are. "recovered" that is told along with the alarm that ended is not counted: that one says so itself.';
