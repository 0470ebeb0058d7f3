CREATE OR REPLACE VIEW cron_engine.job_condition AS
SELECT c.jobid, c.condition,
       array_position(ARRAY['failing', 'blocked', 'late', 'running', 'waiting', 'healthy', 'paused', 'inactive'], c.condition) AS rank
  FROM (SELECT j.jobid,
               cron_engine.condition(st.failures > 0 OR d.cause = 'failures', f.jobid IS NOT NULL,
                   q.is_late OR j.active AND t.next_fire < clock_timestamp() - interval '10 s', q.is_running, q.jobid IS NOT NULL,
                   p.jobid IS NOT NULL, j.active) AS condition
          FROM cron.job j
          LEFT JOIN cron_engine.timer t USING (jobid)
          LEFT JOIN cron_engine.job_state st USING (jobid)
          LEFT JOIN cron_engine.deactivation d USING (jobid)
          LEFT JOIN cron_engine.pause p USING (jobid)
          LEFT JOIN (SELECT DISTINCT f.jobid FROM cron_engine.fault f) f USING (jobid)
          LEFT JOIN (SELECT q.jobid, bool_or(q.pid IS NOT NULL) AS is_running,
                            bool_or(q.pid IS NULL AND coalesce(q.not_before, r.scheduled_time, r.queued_time) < clock_timestamp() - interval '10 s') AS is_late
                       FROM cron_engine.queue q
                       LEFT JOIN cron.job_run_details r USING (runid)
                      GROUP BY q.jobid) q USING (jobid)) c;
COMMENT ON VIEW cron_engine.job_condition IS 'The condition of each job, see cron.job_details.condition, and its place among all conditions, the worst first. For lists of all jobs: of one cron.job_details tells it.';
