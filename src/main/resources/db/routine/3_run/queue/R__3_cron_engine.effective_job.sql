CREATE OR REPLACE VIEW cron_engine.effective_job AS
SELECT j.jobid, j.command, j.database, j.username, coalesce(o.priority, 0) AS priority, o.job_group, o.valid_from, o.valid_until, o.jitter,
       coalesce(l.via, j.username)                                                    AS login,
       coalesce(o.timeout, s.timeout)                                                 AS timeout,
       coalesce(o.max_attempts, s.max_attempts)                                       AS max_attempts,
       coalesce(o.retry_delay, s.retry_delay)                                         AS retry_delay,
       s.max_retry_delay,
       coalesce(o.overlap, s.overlap)                                                 AS overlap,
       coalesce(o.catch_up, s.catch_up)                                               AS catch_up,
       s.catch_up_limit,
       coalesce(o.start_deadline, s.start_deadline)                                   AS start_deadline,
       coalesce(o.max_failures, s.max_failures)                                       AS max_failures,
       coalesce(o.log_level, s.log_level)                                             AS log_level,
       coalesce(o.log_level, s.log_level) = 'all'
           AND NOT EXISTS (SELECT FROM cron_engine.timer t WHERE (t.schedule).after_job = j.jobname) AS plain,
       CASE WHEN NOT a.home THEN j.nodename END                                       AS remote_nodename,
       CASE WHEN NOT a.home THEN j.nodeport END                                       AS remote_nodeport,
       CASE WHEN NOT a.home OR j.database <> current_database() THEN j.database END   AS remote_database,
       CASE WHEN NOT a.home OR j.database <> current_database() THEN true
            WHEN o.transactional IS NOT NULL THEN NOT o.transactional
            WHEN st.top_level_command IS NOT NULL AND st.top_level_command = md5(j.command) THEN true
            -- It need not be found out first.
            WHEN j.command ~* $re$^\s*vacuum\M[^;]*;?\s*$$re$ COLLATE "C" THEN true END                                   AS top_level,
       CASE s.measure_runs WHEN 'sample' THEN st.lasting IS TRUE WHEN 'all' THEN true END                                   AS measured
  FROM cron.job j
 CROSS JOIN cron.settings s
  LEFT JOIN cron.job_options o USING (jobid)
  LEFT JOIN cron_engine.login l ON l.username = j.username
  LEFT JOIN cron_engine.job_state st ON st.jobid = j.jobid
 CROSS JOIN LATERAL (
           -- The usual case first, without a call.
           SELECT j.nodename = 'localhost' AND j.nodeport = current_setting('port')::integer
                  OR cron_engine.is_home(j.nodename, j.nodeport) AS home) a;
COMMENT ON VIEW cron_engine.effective_job IS 'Each job with the policies in force for it: its own, else those of cron.settings. Its row type also describes runs without such a job, see cron_engine.job_of_run() and job_of_command().';
