COMMENT ON TABLE cron_engine.standstill IS 'Why runs wait that could have started more than five seconds ago: one row for each cause. A row is gone a minute after the last run waited for it. Written by cron_engine.explain_delays().';
COMMENT ON COLUMN cron_engine.standstill.cause IS 'paused, locks, sessions (a limit of connections is reached), login (the role cannot log in), workers (all are busy) or unknown.';
COMMENT ON COLUMN cron_engine.standstill.login IS 'The login whose runs wait; empty: those of all.';
COMMENT ON COLUMN cron_engine.standstill.message IS 'The cause in words that anybody may read.';
COMMENT ON COLUMN cron_engine.standstill.detail IS 'What names sessions and roles of others: for administrators.';
COMMENT ON COLUMN cron_engine.standstill.nobody IS 'Nobody''s runs start.';
COMMENT ON COLUMN cron_engine.standstill.since IS 'Since when.';
COMMENT ON COLUMN cron_engine.standstill.seen_at IS 'When it was seen last.';
COMMENT ON COLUMN cron_engine.standstill.told IS 'The message as it was told in the log and noted at the runs.';
