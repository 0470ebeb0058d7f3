COMMENT ON TABLE cron_engine.alarm_channel IS 'The channels of the services that send alarms: each alarm is for all that are here when it is raised. Written by cron_engine.register_channels().';
COMMENT ON COLUMN cron_engine.alarm_channel.name IS 'As the service''s settings name it.';
COMMENT ON COLUMN cron_engine.alarm_channel.seen_at IS 'When a service that has it said so last, to within an hour. A day later it is taken for gone.';
