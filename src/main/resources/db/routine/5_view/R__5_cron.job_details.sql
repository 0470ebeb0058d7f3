-- A barrier, or a function in a caller's condition could be shown the rows of others before the view's own condition drops them.
CREATE OR REPLACE VIEW cron.job_details WITH (security_barrier) AS
SELECT j.*, coalesce(o.timezone, s.timezone) AS timezone, o.description, o.valid_from, o.valid_until, o.jitter, e.timeout, e.max_attempts,
       e.retry_delay, e.overlap, e.catch_up, e.start_deadline, e.max_failures, e.priority,
       coalesce(o.transactional, NOT e.top_level)                                            AS transactional,
       o.job_group, e.log_level, d.reason                                                    AS deactivated_reason,
       t.next_fire, q.waiting, q.running, r.runid AS last_runid, r.status AS last_status, r.start_time AS last_start_time,
       r.end_time AS last_end_time, f.message AS fault, p.paused_at, p.paused_by, p.note AS pause_note,
       coalesce(st.failures, 0) AS failures,
       cron_engine.condition(st.failures > 0 OR d.cause = 'failures', f.message IS NOT NULL,
           q.is_late OR j.active AND t.next_fire < clock_timestamp() - interval '10 s', q.running > 0, q.waiting > 0, p.jobid IS NOT NULL,
           j.active) AS condition
  FROM cron.job j
 CROSS JOIN cron.settings s
  JOIN cron_engine.effective_job e USING (jobid)
  LEFT JOIN cron.job_options o USING (jobid)
  LEFT JOIN cron_engine.timer t USING (jobid)
  LEFT JOIN cron_engine.deactivation d USING (jobid)
  LEFT JOIN cron_engine.pause p USING (jobid)
  LEFT JOIN cron_engine.job_state st USING (jobid)
 CROSS JOIN LATERAL (SELECT (SELECT f.message FROM cron_engine.fault f WHERE f.jobid = j.jobid ORDER BY f.since, f.step, f.item LIMIT 1) AS message) f
 CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE q.pid IS NULL) AS waiting, count(*) FILTER (WHERE q.pid IS NOT NULL) AS running,
                            bool_or(q.pid IS NULL AND coalesce(q.not_before,
                                (SELECT coalesce(r.scheduled_time, r.queued_time) FROM cron.job_run_details r WHERE r.runid = q.runid))
                                < clock_timestamp() - interval '10 s') AS is_late
                       FROM cron_engine.queue q WHERE q.jobid = j.jobid) q
  LEFT JOIN LATERAL (SELECT r.runid, r.status, r.start_time, r.end_time
                       FROM cron.job_run_details r
                      -- Not an equality, for which the planner would as soon read the whole history backwards.
                      WHERE r.jobid BETWEEN j.jobid AND j.jobid AND r.end_time IS NOT NULL
                      ORDER BY r.jobid DESC, r.runid DESC LIMIT 1) r ON true
 -- A view reads with its owner's rights, which row-level security does not touch.
 WHERE j.username = CURRENT_USER OR (SELECT cron_engine.is_administrator(CURRENT_USER::text));
COMMENT ON VIEW cron.job_details IS 'The jobs with their options as they are in force, next fire, waiting and running runs and last run; only one''s own, or for an administrator all.';
COMMENT ON COLUMN cron.job_details.jobid IS 'As in cron.job, and so on to jobname.';
COMMENT ON COLUMN cron.job_details.schedule IS 'When it fires.';
COMMENT ON COLUMN cron.job_details.command IS 'The SQL to run.';
COMMENT ON COLUMN cron.job_details.nodename IS 'Host to run on.';
COMMENT ON COLUMN cron.job_details.nodeport IS 'Port of that host.';
COMMENT ON COLUMN cron.job_details.database IS 'Database to run in.';
COMMENT ON COLUMN cron.job_details.username IS 'Role as which the command runs; it owns the job.';
COMMENT ON COLUMN cron.job_details.active IS 'False: it does not fire.';
COMMENT ON COLUMN cron.job_details.jobname IS 'Name; NULL: none.';
COMMENT ON COLUMN cron.job_details.timezone IS 'Zone of the schedule.';
COMMENT ON COLUMN cron.job_details.description IS 'For people.';
COMMENT ON COLUMN cron.job_details.valid_from IS 'It does not fire before.';
COMMENT ON COLUMN cron.job_details.valid_until IS 'It does not fire at or after.';
COMMENT ON COLUMN cron.job_details.jitter IS 'Each fire is late by up to this.';
COMMENT ON COLUMN cron.job_details.timeout IS 'A run that takes longer is canceled and fails; NULL: no limit.';
COMMENT ON COLUMN cron.job_details.max_attempts IS 'How often a failing run is tried in all.';
COMMENT ON COLUMN cron.job_details.retry_delay IS 'Pause before the second attempt.';
COMMENT ON COLUMN cron.job_details.overlap IS 'Fire while the job still runs: queue, skip, allow.';
COMMENT ON COLUMN cron.job_details.catch_up IS 'Fires missed while nothing could fire: once, all, skip.';
COMMENT ON COLUMN cron.job_details.start_deadline IS 'A run that could not start this long after its fire is skipped; NULL: it waits.';
COMMENT ON COLUMN cron.job_details.max_failures IS 'After this many failed runs in a row the job is deactivated; NULL: never.';
COMMENT ON COLUMN cron.job_details.priority IS 'Among waiting runs the higher one starts first.';
COMMENT ON COLUMN cron.job_details.transactional IS 'Whether it runs in one transaction with its record; NULL: not known before its first run.';
COMMENT ON COLUMN cron.job_details.job_group IS 'Its group: a common one if cron.job_group names it, else its role''s own.';
COMMENT ON COLUMN cron.job_details.log_level IS 'Runs kept in the history: all, failures, none.';
COMMENT ON COLUMN cron.job_details.deactivated_reason IS 'Why the scheduler deactivated it; NULL unless it did.';
COMMENT ON COLUMN cron.job_details.next_fire IS 'When it fires next; NULL: not by time.';
COMMENT ON COLUMN cron.job_details.waiting IS 'Runs that wait.';
COMMENT ON COLUMN cron.job_details.running IS 'Runs under way.';
COMMENT ON COLUMN cron.job_details.last_runid IS 'The last run that has ended.';
COMMENT ON COLUMN cron.job_details.last_status IS 'How it ended: succeeded, failed, skipped.';
COMMENT ON COLUMN cron.job_details.last_start_time IS 'When it began.';
COMMENT ON COLUMN cron.job_details.last_end_time IS 'When it ended.';
COMMENT ON COLUMN cron.job_details.fault IS 'What the scheduler could not do for it, of several the first: fire it when next_fire had come, retry a run and so on. That is tried again, after pauses of up to five minutes, and keeps no other job waiting. NULL: all is well.';
COMMENT ON COLUMN cron.job_details.paused_at IS 'Since when it is inactive because somebody wanted that; NULL: it is active, or the scheduler deactivated it.';
COMMENT ON COLUMN cron.job_details.paused_by IS 'Who that was: a user of REST, or a role.';
COMMENT ON COLUMN cron.job_details.pause_note IS 'And why, if it was said.';
COMMENT ON COLUMN cron.job_details.failures IS 'Runs in a row, up to the last one, that failed at their last attempt; 0: it succeeded, has not run, or was deactivated for them.';
COMMENT ON COLUMN cron.job_details.condition IS 'How it is, of all that is true the worst: failing (its last run failed at its last attempt, or it was deactivated as too many did), blocked (there is a fault), late (due more than 10 s ago, and not started), running, waiting, healthy, paused (by somebody), inactive.';
