CREATE OR REPLACE FUNCTION cron_engine.blockers()
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT string_agg(format('session %s of role "%s" holds %s on %s', l.pid, a.usename, l.mode, l.relation::regclass), ', ' ORDER BY l.pid)
      FROM pg_locks l
      JOIN pg_class c ON c.oid = l.relation AND c.relnamespace IN ('cron'::regnamespace, 'cron_engine'::regnamespace)
      LEFT JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'relation' AND l.granted AND l.pid <> pg_backend_pid()
           AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
           AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
$body$;
COMMENT ON FUNCTION cron_engine.blockers() IS 'Sessions that keep others from writing to a table of ours; NULL: none.';
