COMMENT ON TABLE cron_engine.outage IS 'When nobody led for ten seconds or more, as a daemon finds out that begins to lead; kept as long as runs are.';
COMMENT ON COLUMN cron_engine.outage.since IS 'The last sign of the scheduler before: a fire, a retry, an earlier start. It may have led for some time after that and had nothing to do.';
COMMENT ON COLUMN cron_engine.outage.until IS 'When somebody led again.';
