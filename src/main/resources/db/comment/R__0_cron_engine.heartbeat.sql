COMMENT ON TABLE cron_engine.heartbeat IS 'When the heartbeat''s address was called last, by whichever service: see cron_engine.take_heartbeat().';
COMMENT ON COLUMN cron_engine.heartbeat.id IS 'Always true: there is at most one row.';
COMMENT ON COLUMN cron_engine.heartbeat.called_at IS 'When a service set about to call it.';
