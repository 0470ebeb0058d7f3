CREATE OR REPLACE FUNCTION cron_engine.session_options()
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Timeouts of the role would count a worker's whole life as one statement; a job's own limit is its timeout. And records must be written,
    -- whatever the role's default is.
    SELECT concat_ws(' ', '-c default_transaction_read_only=off -c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c idle_session_timeout=0 -c client_min_messages=error',
                     CASE WHEN current_setting('server_version_num')::integer >= 170000 THEN '-c transaction_timeout=0' END)
$body$;
COMMENT ON FUNCTION cron_engine.session_options() IS 'Settings with which the engine''s sessions begin, as for libpq''s options.';
