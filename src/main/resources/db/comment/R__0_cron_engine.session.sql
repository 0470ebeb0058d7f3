COMMENT ON TABLE cron_engine.session IS 'Browsers that are logged in to the service, on whichever replica. Those that are over are deleted when somebody logs in.';
COMMENT ON COLUMN cron_engine.session.hash IS 'SHA-256 of what the browser''s cookie holds.';
COMMENT ON COLUMN cron_engine.session.username IS 'Who it is: the name of a configured user, or oidc:<name>.';
COMMENT ON COLUMN cron_engine.session.role IS 'What an issuer''s user may do; NULL: whatever the configured user of that name may.';
COMMENT ON COLUMN cron_engine.session.credential IS 'HMAC-SHA-256 of the user''s configured password, keyed with what the cookie holds: another password ends the session. NULL for an issuer''s user.';
COMMENT ON COLUMN cron_engine.session.created_at IS 'When it began.';
COMMENT ON COLUMN cron_engine.session.used_at IS 'When it was used last, to the minute.';
