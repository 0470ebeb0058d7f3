CREATE OR REPLACE FUNCTION cron_engine.prepare_launcher()
RETURNS integer
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned: a SET clause would undo the settings made here.
BEGIN
    PERFORM pg_catalog.set_config(s.name, w.setting, false)
       FROM pg_catalog.pg_settings AS s
       JOIN (VALUES ('search_path', 'pg_catalog, pg_temp'), ('application_name', 'cronlink launcher'), ('statement_timeout', '0'),
                    ('transaction_timeout', '0'), ('lock_timeout', '0'), ('default_transaction_isolation', 'read committed'),
                    ('default_transaction_read_only', 'off'), ('jit', 'off'), ('exit_on_error', 'off'),
                    ('standard_conforming_strings', 'on'), ('array_nulls', 'on'), ('quote_all_identifiers', 'off')) AS w (name, setting)
         ON s.name OPERATOR(pg_catalog.=) w.name;
    RETURN pg_catalog.pg_backend_pid();
END;
$body$;
COMMENT ON FUNCTION cron_engine.prepare_launcher() IS 'Makes this session a launcher. Returns its process id.';
