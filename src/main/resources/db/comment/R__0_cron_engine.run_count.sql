COMMENT ON TABLE cron_engine.run_count IS 'How many runs ended since the installation, whatever of them is still in the history. A crash of the server may take those of its last second.';
COMMENT ON COLUMN cron_engine.run_count.kind IS 'run: by status and trigger; duration: of those that were executed, by status; delay: from the scheduled time to the start, of fires; skip: by cause.';
COMMENT ON COLUMN cron_engine.run_count.label IS 'The status or the cause; empty for delay.';
COMMENT ON COLUMN cron_engine.run_count.trigger IS 'As in the history; empty but for run.';
COMMENT ON COLUMN cron_engine.run_count.bucket IS 'For duration and delay how many of the bounds, see cron_engine.bucket_bounds(), are less; else 0.';
COMMENT ON COLUMN cron_engine.run_count.runs IS 'How many.';
COMMENT ON COLUMN cron_engine.run_count.seconds IS 'The sum of their durations or delays, in seconds.';
