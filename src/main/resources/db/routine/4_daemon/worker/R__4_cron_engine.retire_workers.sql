CREATE OR REPLACE FUNCTION cron_engine.retire_workers(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE cron_engine.worker w SET obsolete = true
      FROM (SELECT d.login, cron_engine.login_terms(d.login) AS terms FROM (SELECT DISTINCT w.login FROM cron_engine.worker w) d) t
     WHERE w.login = t.login AND NOT w.obsolete AND w.terms IS DISTINCT FROM t.terms;
    PERFORM cron_engine.close_worker(w.name)
       FROM cron_engine.worker w CROSS JOIN cron.settings s
      WHERE NOT w.busy AND (w.obsolete OR w.since < now - s.worker_idle_timeout OR w.opened_at < now - s.worker_max_age OR w.seat > s.max_running_jobs);
    PERFORM cron_engine.lose_launcher(l.name)
       FROM cron_engine.launcher l CROSS JOIN cron.settings s
      WHERE l.asked_at IS NULL AND l.orders = '{}' AND l.since < now - s.worker_idle_timeout
            AND NOT EXISTS (SELECT FROM cron_engine.worker w WHERE w.launcher = l.name);
END;
$body$;
COMMENT ON FUNCTION cron_engine.retire_workers(timestamptz) IS
    'Closes workers that have been idle for long, are old, or too many since max_running_jobs was lowered, or whose role is not what it was when they connected; and launchers that have none.';
