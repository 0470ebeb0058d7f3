COMMENT ON TABLE cron_engine.leader IS 'The session that led last, see cron_engine.leader_pid(). A row, because any role could take an advisory lock.';
COMMENT ON COLUMN cron_engine.leader.only_row IS 'True: there is one row.';
COMMENT ON COLUMN cron_engine.leader.pid IS 'Its process id.';
COMMENT ON COLUMN cron_engine.leader.backend_start IS 'When it was connected: process ids come again.';
