COMMENT ON TABLE cron_engine.alarm_condition IS 'What is wrong with the scheduler, though perhaps not for long enough to be alarmed on. Written by cron_engine.note_condition().';
COMMENT ON COLUMN cron_engine.alarm_condition.kind IS 'As in cron.alarm.';
COMMENT ON COLUMN cron_engine.alarm_condition.since IS 'When it was seen first.';
