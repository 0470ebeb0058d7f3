CREATE OR REPLACE FUNCTION cron_engine.daemon_status(OUT leader_pid integer, OUT last_tick timestamptz)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- The daemon begins a transaction at each step, so no row has to be written to show that it lives.
    SELECT p.pid, (SELECT coalesce(a.xact_start, a.state_change) FROM pg_stat_activity a WHERE a.pid = p.pid)
      FROM cron_engine.leader_pid() AS p (pid)
$body$;
COMMENT ON FUNCTION cron_engine.daemon_status() IS 'The session that leads and its last sign of life; NULL: none leads.';
