CREATE OR REPLACE FUNCTION cron_engine.may_connect_later(login text, detail text)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT detail ~ 'starting up|shutting down|recovery mode|terminating connection|server closed the connection'
           OR EXISTS (SELECT FROM cron_engine.session_limit(login, detail) l WHERE l.message IS NOT NULL)
$body$;
COMMENT ON FUNCTION cron_engine.may_connect_later(text, text) IS 'Whether what kept a worker from connecting passes by itself, as when there are too many sessions.';
