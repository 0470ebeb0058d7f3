COMMENT ON TABLE cron_engine.recovery_point IS 'Where to begin to look for runs that have not ended, after a crash: one row.';
COMMENT ON COLUMN cron_engine.recovery_point.id IS 'Always true: there is one row.';
COMMENT ON COLUMN cron_engine.recovery_point.first_runid IS 'All fires with a lower runid have ended.';
