CREATE OR REPLACE VIEW cron_engine.effective_alarm AS
SELECT j.jobid, j.jobname, j.username, j.active, o.severity,
       coalesce(o.failed, s.failed)                                   AS failed,
       coalesce(o.recovered, s.recovered)                             AS recovered,
       coalesce(o.deactivated, s.deactivated)                         AS deactivated,
       nullif(coalesce(o.late_after, s.late_after), '0')              AS late_after,
       nullif(coalesce(o.long_after, s.long_after), '0')              AS long_after,
       nullif(coalesce(o.long_factor, s.long_factor), 0)              AS long_factor,
       nullif(coalesce(o.no_success_for, s.no_success_for), '0')      AS no_success_for,
       concat('Job ', j.jobid, ' "' || left(j.jobname, 100) || '"')   AS label
  FROM cron.job j
 CROSS JOIN cron.alarm_settings s
  LEFT JOIN cron.job_alarms o USING (jobid);
COMMENT ON VIEW cron_engine.effective_alarm IS 'Each job with what is alarmed on of it: its own rules, else those of cron.alarm_settings; label: as messages name it.';
