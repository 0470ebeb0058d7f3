CREATE OR REPLACE FUNCTION cron_engine.session_options()
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- No more than what a command cannot tell from its role's own: that is what it is to see.
    SELECT '-c idle_session_timeout=0 -c client_min_messages=error'
$body$;
COMMENT ON FUNCTION cron_engine.session_options() IS 'Settings with which the engine''s sessions begin, as for libpq''s options.';
