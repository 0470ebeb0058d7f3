CREATE OR REPLACE FUNCTION cron_engine.hanging_launcher(for_login text)
RETURNS integer
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT a.pid FROM cron_engine.quarantine q JOIN pg_stat_activity a ON a.pid = q.launcher_pid
     WHERE q.login = for_login AND a.application_name LIKE 'cronlink launcher%' AND NOT EXISTS (SELECT FROM cron_engine.launcher l WHERE l.pid = a.pid)
$body$;
COMMENT ON FUNCTION cron_engine.hanging_launcher(text) IS 'Process id of the launcher that was given up as it hung at a login, and still does; NULL: there is none.';
