CREATE OR REPLACE FUNCTION cron_engine.daemon_faults(
    OUT step text, OUT item text, OUT jobid bigint, OUT message text, OUT sqlstate text, OUT since timestamptz, OUT count integer, OUT retry_at timestamptz)
RETURNS SETOF record
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT f.step, f.item, f.jobid, f.message, f.sqlstate, f.since, f.count, f.retry_at
      FROM cron_engine.fault f
     ORDER BY f.since, f.step, f.item
     LIMIT 20
$body$;
COMMENT ON FUNCTION cron_engine.daemon_faults() IS 'What the daemon could not do and tries again, the oldest 20: see cron_engine.fault.';
