CREATE OR REPLACE FUNCTION cron_engine.set_timers(jobids bigint[], now timestamptz)
RETURNS integer
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.set_timer(u.jobid, now) FROM unnest(jobids) u (jobid);
    SELECT cardinality(jobids)
$body$;
COMMENT ON FUNCTION cron_engine.set_timers(bigint[], timestamptz) IS 'Computes the timers of many jobs from their schedules. For cron_engine.do_each().';
