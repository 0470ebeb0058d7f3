CREATE OR REPLACE FUNCTION cron_engine.leader_pid()
RETURNS integer
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT l.pid FROM pg_locks l
     WHERE l.locktype = 'advisory' AND l.classid = 1129467470 AND l.objid = 0 AND l.objsubid = 2 AND l.mode = 'ExclusiveLock' AND l.granted
           AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
$body$;
COMMENT ON FUNCTION cron_engine.leader_pid() IS 'Process id of the session that leads; NULL: none does.';
