CREATE OR REPLACE FUNCTION cron_engine.end_job_alarms(now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.end_alarms(ARRAY[a.alarmid], j.jobid IS NOT NULL, now)
      FROM cron.alarm a
      LEFT JOIN cron.job j USING (jobid)
     WHERE a.ended_at IS NULL AND a.jobid IS NOT NULL AND (j.jobid IS NULL OR a.kind = 'deactivated' AND j.active)
$body$;
COMMENT ON FUNCTION cron_engine.end_job_alarms(timestamptz) IS 'Ends the alarms of jobs that are gone, without a word, and of those that were deactivated and are active again.';
