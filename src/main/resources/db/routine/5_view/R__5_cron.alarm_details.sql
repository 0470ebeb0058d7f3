-- A barrier, or a function in a caller's condition could be shown the rows of others before the view's own condition drops them.
CREATE OR REPLACE VIEW cron.alarm_details WITH (security_barrier) AS
SELECT a.*,
       (SELECT jsonb_agg(jsonb_build_object('channel', d.channel, 'messageid', d.messageid, 'attempts', coalesce(m.attempts, 0),
                                            'deliveredAt', m.delivered_at, 'givenUpAt', CASE WHEN m.delivered_at IS NULL THEN m.ended_at END,
                                            'error', m.error) ORDER BY d.channel)
          FROM cron_engine.alarm_delivery d
          LEFT JOIN cron_engine.alarm_message m USING (messageid)
         WHERE d.alarmid = a.alarmid) AS deliveries
  FROM cron.alarm a
 -- A view reads with its owner's rights, which row-level security does not touch.
 WHERE a.username = CURRENT_USER OR (SELECT cron_engine.is_administrator(CURRENT_USER::text));
COMMENT ON VIEW cron.alarm_details IS 'The alarms, with where each was sent; only those of one''s own jobs, or for an administrator all.';
COMMENT ON COLUMN cron.alarm_details.alarmid IS 'As in cron.alarm, and so on to ends_alarmid.';
COMMENT ON COLUMN cron.alarm_details.kind IS 'What it is about.';
COMMENT ON COLUMN cron.alarm_details.severity IS 'How bad it is.';
COMMENT ON COLUMN cron.alarm_details.jobid IS 'The job; NULL: it is about the scheduler.';
COMMENT ON COLUMN cron.alarm_details.jobname IS 'Its name then.';
COMMENT ON COLUMN cron.alarm_details.username IS 'Its role.';
COMMENT ON COLUMN cron.alarm_details.runid IS 'The run.';
COMMENT ON COLUMN cron.alarm_details.raised_at IS 'When it was raised.';
COMMENT ON COLUMN cron.alarm_details.ended_at IS 'When it was over; NULL: it goes on.';
COMMENT ON COLUMN cron.alarm_details.message IS 'What has happened, in one line.';
COMMENT ON COLUMN cron.alarm_details.details IS 'The figures behind it.';
COMMENT ON COLUMN cron.alarm_details.ends_alarmid IS 'Of recovered: the alarm that has ended.';
COMMENT ON COLUMN cron.alarm_details.deliveries IS 'For each channel: the message, how often it was sent, when it was delivered or given up, and the last error; NULL: there was no channel.';
