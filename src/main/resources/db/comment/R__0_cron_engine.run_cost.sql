COMMENT ON TYPE cron_engine.run_cost IS 'What a run has used, in bytes, as in cron.job_run_details; NULL: it was not measured.';
COMMENT ON COLUMN cron_engine.run_cost.wal_bytes IS 'What it has written to the write-ahead log.';
COMMENT ON COLUMN cron_engine.run_cost.read_bytes IS 'What it has read into the buffers, and back from temporary files.';
COMMENT ON COLUMN cron_engine.run_cost.temp_bytes IS 'What it has written to temporary files.';
