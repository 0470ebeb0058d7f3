CREATE OR REPLACE FUNCTION cron_engine.deactivate_ended(now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.do_each('deactivate job', ARRAY(SELECT t.jobid::text
                                                         FROM cron_engine.timer t
                                                         JOIN cron.job j USING (jobid)
                                                         LEFT JOIN cron.job_options o USING (jobid)
                                                        WHERE t.scheduled_time IS NULL AND j.active
                                                              AND (o.valid_until <= now OR (t.schedule).kind = 'at')
                                                        ORDER BY t.jobid), now)
$body$;
COMMENT ON FUNCTION cron_engine.deactivate_ended(timestamptz) IS
    'Deactivates jobs that have nothing left to fire and are active all the same: somebody held them when they fired last, or they do not fire by time.';
