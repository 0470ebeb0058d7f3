CREATE OR REPLACE FUNCTION cron_engine.form_message(channel text, now timestamptz)
RETURNS uuid
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_settings cron.alarm_settings := (SELECT s FROM cron.alarm_settings s);
    v_quiet    boolean := cron_engine.is_quiet(now);
    v_kind     text;
    v_since    timestamptz;
    v_alarmids bigint[];
    v_message  uuid;
BEGIN
    -- The kind that has waited longest, once its window is over. The clock may have been set back.
    SELECT a.kind, min(a.raised_at) INTO v_kind, v_since
      FROM cron_engine.alarm_delivery d
      JOIN cron.alarm a USING (alarmid)
     WHERE d.channel = $1 AND d.messageid IS NULL AND NOT (v_quiet AND a.severity <> 'critical')
     GROUP BY a.kind
    HAVING min(a.raised_at) NOT BETWEEN now - v_settings.group_window AND now
     ORDER BY min(a.raised_at) LIMIT 1;
    IF v_kind IS NULL THEN
        RETURN NULL;
    END IF;
    -- One service at a time, or two would take the same.
    PERFORM FROM cron_engine.alarm_channel c WHERE c.name = $1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND OR (SELECT count(*) FROM cron_engine.alarm_message m
                      WHERE m.channel = $1 AND m.created_at BETWEEN now - interval '1 h' AND now) >= v_settings.messages_per_hour THEN
        RETURN NULL;
    END IF;
    -- What was held back, by quiet hours or the limit, is summed up whatever its kind.
    v_alarmids := ARRAY(SELECT d.alarmid FROM cron_engine.alarm_delivery d JOIN cron.alarm a USING (alarmid)
                         WHERE d.channel = $1 AND d.messageid IS NULL AND NOT (v_quiet AND a.severity <> 'critical')
                               AND (a.kind = v_kind OR v_since < now - v_settings.group_window - interval '2 min')
                         ORDER BY d.alarmid LIMIT 1000);
    IF v_alarmids = '{}' THEN
        RETURN NULL;
    END IF;
    INSERT INTO cron_engine.alarm_message (channel, created_at, retry_at) VALUES ($1, now, now) RETURNING messageid INTO v_message;
    -- That one of them is over is said along with it.
    UPDATE cron_engine.alarm_delivery d SET messageid = v_message
     WHERE d.channel = $1 AND d.messageid IS NULL
           AND (d.alarmid = ANY (v_alarmids)
                OR EXISTS (SELECT FROM cron.alarm a WHERE a.alarmid = d.alarmid AND a.ends_alarmid = ANY (v_alarmids)));
    RETURN v_message;
END;
$body$;
COMMENT ON FUNCTION cron_engine.form_message(text, timestamptz) IS
    'Puts together what waits for a channel into a message: alarms of one kind, or what was held back. NULL: nothing is to be sent now.';
