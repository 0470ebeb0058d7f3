CREATE OR REPLACE FUNCTION cron_engine.deactivate_jobs(jobids bigint[], now timestamptz)
RETURNS integer
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT CASE WHEN o.valid_until <= now THEN cron_engine.deactivate(t.jobid, 'expired', 'no fire is left before valid_until', now)
                ELSE cron_engine.deactivate(t.jobid, 'fired', 'its time has passed', now) END
      FROM cron_engine.timer t
      JOIN cron.job j USING (jobid)
      LEFT JOIN cron.job_options o USING (jobid)
     WHERE t.jobid = ANY (jobids) AND t.scheduled_time IS NULL AND j.active
           AND (o.valid_until <= now OR (t.schedule).kind = 'at' AND cron_engine.next_fire(t.schedule, t.timezone, now) IS NULL);
    SELECT cardinality(jobids)
$body$;
COMMENT ON FUNCTION cron_engine.deactivate_jobs(bigint[], timestamptz) IS
    'Deactivates those of the given jobs that have nothing left to fire. For cron_engine.do_each().';
