COMMENT ON TABLE cron_engine.quarantine IS 'Logins at which a launcher hung and was given up: each gets a launcher of its own, so that it keeps no other role waiting again.';
COMMENT ON COLUMN cron_engine.quarantine.login IS 'The login.';
COMMENT ON COLUMN cron_engine.quarantine.launcher_pid IS 'Process id of the launcher that was given up. While it lives there is no other one for this login.';
COMMENT ON COLUMN cron_engine.quarantine.until IS 'When it is forgotten.';
