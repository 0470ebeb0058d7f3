COMMENT ON TYPE cron_engine.outcome IS 'How a command ended.';
COMMENT ON COLUMN cron_engine.outcome.status IS 'succeeded or failed; NULL: it has not ended.';
COMMENT ON COLUMN cron_engine.outcome.message IS 'Its command tag, row count or error.';
COMMENT ON COLUMN cron_engine.outcome.result IS 'First column of its first row.';
COMMENT ON COLUMN cron_engine.outcome.sqlstate IS 'The error''s SQLSTATE.';
COMMENT ON COLUMN cron_engine.outcome.needs_top_level IS 'It ran at top level, or has to.';
COMMENT ON COLUMN cron_engine.outcome.columns IS 'While it runs at top level, how many columns its last result is expected to have; 0: it is a command; negative: it is a cursor, whose next result is that of its declaration (-4), its first row (-3), whether there was one (-2), how many followed (-1); NULL: a result of the cursor was lost.';
