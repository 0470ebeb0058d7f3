COMMENT ON TABLE cron_engine.fault IS 'What the daemon could not do and tries again, with growing pauses: one row for each step, and for each item that a step leaves out. A row is gone when that has succeeded, or is not to be done any more.';
COMMENT ON COLUMN cron_engine.fault.step IS 'What failed: fire, settle, staff, connect and so on, see cron_engine.run_step().';
COMMENT ON COLUMN cron_engine.fault.item IS 'For what: the jobid of a timer, the runid of a run, a login; empty: the step as a whole.';
COMMENT ON COLUMN cron_engine.fault.jobid IS 'The job that has to wait; NULL: none in particular.';
COMMENT ON COLUMN cron_engine.fault.message IS 'The last error.';
COMMENT ON COLUMN cron_engine.fault.sqlstate IS 'Its SQLSTATE.';
COMMENT ON COLUMN cron_engine.fault.since IS 'When it failed first.';
COMMENT ON COLUMN cron_engine.fault.count IS 'How often it failed.';
COMMENT ON COLUMN cron_engine.fault.retry_at IS 'When it is tried again.';
