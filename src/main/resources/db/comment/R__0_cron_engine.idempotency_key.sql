COMMENT ON TABLE cron_engine.idempotency_key IS 'Requests for a run that carried an Idempotency-Key, for a day: the same once more gets the run of the first.';
COMMENT ON COLUMN cron_engine.idempotency_key.actor IS 'Whose key it is.';
COMMENT ON COLUMN cron_engine.idempotency_key.key IS 'The key.';
COMMENT ON COLUMN cron_engine.idempotency_key.request IS 'What was asked for, as a digest.';
COMMENT ON COLUMN cron_engine.idempotency_key.runid IS 'The run that came of it.';
COMMENT ON COLUMN cron_engine.idempotency_key.created_at IS 'When; it is forgotten a day later.';
