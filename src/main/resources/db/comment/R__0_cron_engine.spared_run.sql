COMMENT ON TABLE cron_engine.spared_run IS 'Rows of the history that outlive its TRUNCATE, while it is being truncated: the runs that wait or run.';
