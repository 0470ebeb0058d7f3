COMMENT ON TABLE cron_engine.pause IS 'Jobs that somebody has deactivated, until they are active again. What the scheduler deactivated is in cron_engine.deactivation.';
COMMENT ON COLUMN cron_engine.pause.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.pause.paused_at IS 'When.';
COMMENT ON COLUMN cron_engine.pause.paused_by IS 'By whom: a user of REST, or a role.';
COMMENT ON COLUMN cron_engine.pause.note IS 'Why, if it was said.';
