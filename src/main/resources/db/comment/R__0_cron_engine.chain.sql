COMMENT ON TABLE cron_engine.chain IS 'Roles that have chained jobs. Who chains one locks his row here, so that nobody waits for anybody else; see cron_engine.validate_chain().';
COMMENT ON COLUMN cron_engine.chain.username IS 'The role.';
