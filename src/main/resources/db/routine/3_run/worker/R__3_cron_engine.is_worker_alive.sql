CREATE OR REPLACE FUNCTION cron_engine.is_worker_alive(pid integer, login text)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Its own lock, which a worker holds as a session and, while a command runs, as a transaction: no command can drop that one. Who
    -- holds the lock exclusively could have kept it from the worker; then its name tells, which a command may change.
    SELECT EXISTS (SELECT FROM pg_locks l
                    WHERE l.locktype = 'advisory' AND l.classid = 1129467470 AND l.objid = $1::oid AND l.pid = $1 AND l.granted
                          AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
           OR EXISTS (SELECT FROM pg_stat_activity a
                       WHERE a.pid = $1 AND a.usename = $2 AND a.datname = current_database()
                           AND (a.application_name LIKE 'cronlink%'
                                OR EXISTS (SELECT FROM pg_locks l
                                            WHERE l.locktype = 'advisory' AND l.classid = 1129467470 AND l.objid = $1::oid AND l.pid <> $1)))
$body$;
COMMENT ON FUNCTION cron_engine.is_worker_alive(integer, text) IS 'Whether the worker session with this process id, logged in as this role, still exists.';
