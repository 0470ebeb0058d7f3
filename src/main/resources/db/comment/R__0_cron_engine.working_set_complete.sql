COMMENT ON TABLE cron_engine.working_set_complete IS 'One row if the unlogged tables hold what they should. A crash of the server empties it as it empties them.';
COMMENT ON COLUMN cron_engine.working_set_complete.complete_since IS 'When they were filled.';
