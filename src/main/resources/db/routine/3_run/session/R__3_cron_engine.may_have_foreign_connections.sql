CREATE OR REPLACE FUNCTION cron_engine.may_have_foreign_connections()
RETURNS boolean
LANGUAGE sql STABLE
AS $body$
    -- The setting is the library's, where it is loaded; in PostgreSQL 14 nothing tells. No search_path is pinned, so that it is inlined.
    SELECT pg_catalog.current_setting('postgres_fdw.application_name', true) IS NOT NULL
           OR pg_catalog.current_setting('server_version_num')::integer OPERATOR(pg_catalog.<) 150000
$body$;
COMMENT ON FUNCTION cron_engine.may_have_foreign_connections() IS 'Whether this session may have used postgres_fdw.';
