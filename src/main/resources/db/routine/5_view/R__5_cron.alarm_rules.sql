-- A barrier, or a function in a caller's condition could be shown the rows of others before the view's own condition drops them.
CREATE OR REPLACE VIEW cron.alarm_rules WITH (security_barrier) AS
SELECT r.jobid, r.jobname, r.username, r.failed, r.recovered, r.deactivated, r.late_after, r.long_after, r.long_factor, r.no_success_for, r.severity
  FROM cron_engine.effective_alarm r
 -- A view reads with its owner's rights, which row-level security does not touch.
 WHERE r.username = CURRENT_USER OR (SELECT cron_engine.is_administrator(CURRENT_USER::text));
COMMENT ON VIEW cron.alarm_rules IS 'What is alarmed on of each job as it is in force: its own rules, else those of cron.alarm_settings; only of one''s own jobs, or for an administrator of all.';
COMMENT ON COLUMN cron.alarm_rules.jobid IS 'The job.';
COMMENT ON COLUMN cron.alarm_rules.jobname IS 'Its name.';
COMMENT ON COLUMN cron.alarm_rules.username IS 'Its role.';
COMMENT ON COLUMN cron.alarm_rules.failed IS 'Whether it is alarmed on when it has failed after its last attempt.';
COMMENT ON COLUMN cron.alarm_rules.recovered IS 'Whether the end of an alarm is told, too.';
COMMENT ON COLUMN cron.alarm_rules.deactivated IS 'Whether it is alarmed on when its max_failures deactivate it.';
COMMENT ON COLUMN cron.alarm_rules.late_after IS 'A run is alarmed on that has not started so long after it was to; NULL: none is.';
COMMENT ON COLUMN cron.alarm_rules.long_after IS 'A run is alarmed on that takes longer; NULL: none is.';
COMMENT ON COLUMN cron.alarm_rules.long_factor IS 'A run is alarmed on that takes longer than the 95th percentile times this; NULL: none is.';
COMMENT ON COLUMN cron.alarm_rules.no_success_for IS 'It is alarmed on when it is active and has not succeeded for so long; NULL: it is not.';
COMMENT ON COLUMN cron.alarm_rules.severity IS 'How bad its alarms are; NULL: that depends on their kind.';
