COMMENT ON TYPE cron_engine.measured_outcome IS 'How a command ended that was measured, see cron_engine.measure().';
COMMENT ON COLUMN cron_engine.measured_outcome.outcome IS 'How it ended.';
COMMENT ON COLUMN cron_engine.measured_outcome.cost IS 'What it used; NULL: it has to run at top level.';
