COMMENT ON TABLE cron_engine.timer IS 'The hot, narrow row of each job: firing never rewrites cron.job. Kept in step by the triggers of cron.job.';
COMMENT ON COLUMN cron_engine.timer.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.timer.schedule IS 'Its schedule, parsed.';
COMMENT ON COLUMN cron_engine.timer.timezone IS 'The zone in force.';
COMMENT ON COLUMN cron_engine.timer.anchor IS 'Origin of an interval''s grid.';
COMMENT ON COLUMN cron_engine.timer.scheduled_time IS 'The next time by the schedule.';
COMMENT ON COLUMN cron_engine.timer.next_fire IS 'The next fire: scheduled_time and the job''s jitter; NULL: it does not fire by time.';
COMMENT ON COLUMN cron_engine.timer.idle IS 'While a fire is owed: when the job was inactive. What the schedule named in that time is not made up for.';
