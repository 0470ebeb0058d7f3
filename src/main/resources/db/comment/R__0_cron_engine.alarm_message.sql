COMMENT ON TABLE cron_engine.alarm_message IS 'Messages about alarms, each for one channel: see cron_engine.take_message(). No transaction is held while one is sent.';
COMMENT ON COLUMN cron_engine.alarm_message.messageid IS 'Its stable name: the same at each attempt.';
COMMENT ON COLUMN cron_engine.alarm_message.channel IS 'Where to.';
COMMENT ON COLUMN cron_engine.alarm_message.created_at IS 'When its alarms were put together.';
COMMENT ON COLUMN cron_engine.alarm_message.attempts IS 'How often it was taken to be sent.';
COMMENT ON COLUMN cron_engine.alarm_message.retry_at IS 'When it may be taken again: after a failure, or if who took it is gone.';
COMMENT ON COLUMN cron_engine.alarm_message.delivered_at IS 'When it was delivered; NULL: it was not.';
COMMENT ON COLUMN cron_engine.alarm_message.ended_at IS 'When it was delivered or given up; NULL: it is to be sent.';
COMMENT ON COLUMN cron_engine.alarm_message.error IS 'Why the last attempt failed; NULL: none has, or it was delivered after all.';
