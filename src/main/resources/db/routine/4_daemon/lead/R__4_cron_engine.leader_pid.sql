CREATE OR REPLACE FUNCTION cron_engine.leader_pid()
RETURNS integer
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT a.pid
      FROM cron_engine.leader l
      JOIN pg_stat_activity a ON a.pid = l.pid AND a.backend_start = l.backend_start
     -- A copy of the database has the row, too.
     WHERE a.datname = current_database()
$body$;
COMMENT ON FUNCTION cron_engine.leader_pid() IS 'Process id of the session that leads; NULL: none does.';
