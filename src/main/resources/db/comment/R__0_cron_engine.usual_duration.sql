COMMENT ON TABLE cron_engine.usual_duration IS 'How long runs of a job usually take, for jobs with a long_factor: counted again after an hour, see cron_engine.learn_durations().';
COMMENT ON COLUMN cron_engine.usual_duration.jobid IS 'The job.';
COMMENT ON COLUMN cron_engine.usual_duration.p95 IS 'Of its last 1,000 successful runs 95 in 100 took no longer; NULL: there are not 20 of them.';
COMMENT ON COLUMN cron_engine.usual_duration.counted_at IS 'When this was counted.';
