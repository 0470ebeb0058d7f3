COMMENT ON TABLE cron_engine.count_point IS 'How far runs have been counted in cron_engine.run_count: one row.';
COMMENT ON COLUMN cron_engine.count_point.id IS 'Always true: there is one row.';
COMMENT ON COLUMN cron_engine.count_point.event IS 'The last event that was counted.';
