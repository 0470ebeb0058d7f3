COMMENT ON TABLE cron.job_group IS 'The common groups, which administrators make: of all jobs that name one, whosever they are, no more run at once than its limit. Any job may name it, and take part of the limit for as long as it runs, or all of it. A group without a row here is its role''s own: of its jobs in it one runs at once, and what others call the same is another group. A change is in force within a second, with what runs and waits then.';
COMMENT ON COLUMN cron.job_group.name IS 'The group, as named in cron.job_options.job_group.';
COMMENT ON COLUMN cron.job_group.max_running IS 'Runs of the group''s jobs at the same time, of all roles together; 0 holds the group back.';
COMMENT ON COLUMN cron.job_group.description IS 'For people.';
