CREATE OR REPLACE FUNCTION cron_engine.actor()
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT CASE WHEN pg_backend_pid() = (SELECT l.pid FROM cron_engine.leader l) THEN 'scheduler'
                -- What others say about themselves is worth nothing.
                WHEN cron_engine.is_administrator(session_user::text) THEN nullif(current_setting('cronlink.actor', true), '') END
$body$;
COMMENT ON FUNCTION cron_engine.actor() IS
    'On whose behalf the session acts: the user of REST, whom the service names in the setting cronlink.actor; scheduler; NULL: for itself.';
