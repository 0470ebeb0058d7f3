COMMENT ON TABLE cron_engine.login IS 'Roles whose jobs can run. Passwords are not here but in the engine owner''s user mappings.';
COMMENT ON COLUMN cron_engine.login.username IS 'The role.';
COMMENT ON COLUMN cron_engine.login.via IS 'Role to log in as, from which SET ROLE leads to username; NULL: username itself.';
COMMENT ON COLUMN cron_engine.login.server IS 'Foreign server whose user mapping of the engine''s owner holds the password; NULL where via is set.';
