CREATE OR REPLACE FUNCTION cron_engine.daemon_status(OUT leader_pid integer, OUT last_tick timestamptz)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- The daemon begins a transaction at each step, so no row has to be written to show that it lives. But a tick that does nothing is none.
    SELECT p.pid, CASE WHEN p.pid IS NOT NULL
                       THEN least((SELECT coalesce(a.xact_start, a.state_change) FROM pg_stat_get_activity(p.pid) a),
                                  (SELECT min(f.since) FROM cron_engine.fault f
                                    WHERE f.item = '' AND f.step IN ('settle', 'fire', 'make ready', 'staff') AND f.sqlstate ~ '^(55P03|40)')) END
      FROM cron_engine.leader_pid() AS p (pid)
$body$;
COMMENT ON FUNCTION cron_engine.daemon_status() IS
    'The session that leads and its last sign of life, or since when others have kept it from a step of its ticks, see cron_engine.daemon_faults(); NULL: none leads.';
