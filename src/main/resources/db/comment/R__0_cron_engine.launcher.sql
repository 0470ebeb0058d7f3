COMMENT ON TABLE cron_engine.launcher IS 'Sessions of the engine''s owner that hold the connections to workers of other roles. Who connects as a role waits for what that role has made of its password: that must not be the daemon, which holds only those of the owner''s own.';
COMMENT ON COLUMN cron_engine.launcher.name IS 'Name of the daemon''s dblink connection.';
COMMENT ON COLUMN cron_engine.launcher.pid IS 'Process id of its backend.';
COMMENT ON COLUMN cron_engine.launcher.login IS 'The only login that it serves, see cron_engine.quarantine; NULL: it serves all others.';
COMMENT ON COLUMN cron_engine.launcher.orders IS 'Orders that it is to be given as soon as it has carried out those before.';
COMMENT ON COLUMN cron_engine.launcher.asked_at IS 'Since when it has been carrying out orders; NULL: it is not, or only looks how its workers get on.';
COMMENT ON COLUMN cron_engine.launcher.asked_for IS 'The login as which it was then to connect; NULL: none.';
COMMENT ON COLUMN cron_engine.launcher.since IS 'When it was last given an order but to look.';
