CREATE OR REPLACE FUNCTION cron_engine.may_connect_later(login text, detail text)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- libpq's error has no SQLSTATE, and its text is in the server's language: where it is not English, what can be counted is.
    SELECT detail ~ 'too many clients|connection slots|too many connections|starting up|shutting down|recovery mode|terminating connection|server closed the connection'
           OR (SELECT count(*) FROM pg_stat_activity a WHERE a.backend_type = 'client backend')
              >= current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
                 - coalesce(current_setting('reserved_connections', true)::integer, 0) - 1
           OR EXISTS (SELECT FROM pg_roles r
                       WHERE r.rolname = login AND r.rolconnlimit >= 0
                             AND r.rolconnlimit <= (SELECT count(*) FROM pg_stat_activity a WHERE a.usesysid = r.oid))
           OR EXISTS (SELECT FROM pg_database d
                       WHERE d.datname = current_database() AND d.datconnlimit >= 0
                             AND d.datconnlimit <= (SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid))
$body$;
COMMENT ON FUNCTION cron_engine.may_connect_later(text, text) IS 'Whether what kept a worker from connecting passes by itself, as when there are too many sessions.';
