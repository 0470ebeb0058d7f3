CREATE OR REPLACE FUNCTION cron_engine.stays_home(before cron.job, after cron.job)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT before.username = after.username
           AND (before.database = after.database OR before.database = h.database AND after.database = current_database())
           AND cron_engine.is_home(before.nodename, before.nodeport)
           AND cron_engine.is_home(after.nodename, after.nodeport)
      FROM cron_engine.home h
$body$;
COMMENT ON FUNCTION cron_engine.stays_home(cron.job, cron.job) IS
    'Whether a change of a job says no more than how its place is called now: such a change is no reason to refuse it.';
