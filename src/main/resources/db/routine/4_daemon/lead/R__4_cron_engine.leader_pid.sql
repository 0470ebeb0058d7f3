CREATE OR REPLACE FUNCTION cron_engine.leader_pid()
RETURNS integer
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT a.pid
      FROM cron_engine.leader l
     -- Of the view pg_stat_activity the plan alone would take longer, at each call.
     CROSS JOIN pg_stat_get_activity(l.pid) a
     -- A copy of the database has the row, too.
     WHERE a.backend_start = l.backend_start AND a.datid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
$body$;
COMMENT ON FUNCTION cron_engine.leader_pid() IS 'Process id of the session that leads; NULL: none does.';
