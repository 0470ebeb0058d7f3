COMMENT ON TABLE cron.audit IS
    'Who changed what of jobs, options, alarms, groups and settings, and who ran or canceled what, in the order of auditid; kept for cron.settings.keep_audit. One sees what is about one''s own jobs, an administrator all.';
COMMENT ON COLUMN cron.audit.auditid IS 'Number of the entry.';
COMMENT ON COLUMN cron.audit.changed_at IS 'When.';
COMMENT ON COLUMN cron.audit.role IS 'The role that the session acted as.';
COMMENT ON COLUMN cron.audit.actor IS 'On whose behalf: the user of REST; scheduler, where it did so by itself; NULL: the role itself.';
COMMENT ON COLUMN cron.audit.action IS 'insert, update, delete and truncate of rows; run, rerun, run once, cancel, delete runs, add login, drop login, add token, revoke token.';
COMMENT ON COLUMN cron.audit.object_type IS 'job, options and alarms (of a job), group, settings, alarm settings, run, login, token.';
COMMENT ON COLUMN cron.audit.object_id IS 'The jobid, runid, or name; empty for settings.';
COMMENT ON COLUMN cron.audit.username IS 'The role whose object it is; NULL: nobody''s.';
COMMENT ON COLUMN cron.audit.note IS 'Why, if it was said.';
COMMENT ON COLUMN cron.audit.before IS 'Columns before: all that were lost, or those that have changed.';
COMMENT ON COLUMN cron.audit.after IS 'Columns after: all that are new, or those that have changed.';
