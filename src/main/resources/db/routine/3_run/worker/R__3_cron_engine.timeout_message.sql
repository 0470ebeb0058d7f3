CREATE OR REPLACE FUNCTION cron_engine.timeout_message(what text, timeout interval)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
-- The history reads the same whatever the job's role has set.
SET intervalstyle = 'postgres'
AS $body$
    SELECT concat_ws(' after ', what, timeout)
$body$;
COMMENT ON FUNCTION cron_engine.timeout_message(text, interval) IS 'What is said of a command that took too long.';
