COMMENT ON TABLE cron_engine.due IS 'The timers that will fire, in order of time: what an index on cron_engine.timer would be, without being logged. Who changes a timer writes here first, as its row here is the one that is locked.';
COMMENT ON COLUMN cron_engine.due.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.due.next_fire IS 'Its next fire, as in its timer.';
