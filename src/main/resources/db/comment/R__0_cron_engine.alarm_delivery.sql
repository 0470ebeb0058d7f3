COMMENT ON TABLE cron_engine.alarm_delivery IS 'The outbox: one row for each alarm and channel, written in the transaction of the alarm.';
COMMENT ON COLUMN cron_engine.alarm_delivery.alarmid IS 'The alarm.';
COMMENT ON COLUMN cron_engine.alarm_delivery.channel IS 'Where to.';
COMMENT ON COLUMN cron_engine.alarm_delivery.messageid IS 'The message that tells of it; NULL: it waits for one.';
