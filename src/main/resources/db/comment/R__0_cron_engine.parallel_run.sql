COMMENT ON TYPE cron_engine.parallel_run IS 'A command of cron.parallel().';
COMMENT ON COLUMN cron_engine.parallel_run.ordinal IS 'Its place among the commands, from 1.';
COMMENT ON COLUMN cron_engine.parallel_run.command IS 'The SQL.';
COMMENT ON COLUMN cron_engine.parallel_run.start_time IS 'When it was sent.';
COMMENT ON COLUMN cron_engine.parallel_run.end_time IS 'When it ended; NULL: it runs.';
COMMENT ON COLUMN cron_engine.parallel_run.outcome IS 'How it ended.';
