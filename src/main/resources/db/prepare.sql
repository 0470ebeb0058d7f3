-- Run by the stronger user, where one is configured: what the owner may not do itself.
DO $body$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'dblink') THEN
        CREATE SCHEMA IF NOT EXISTS dblink;
        CREATE EXTENSION dblink SCHEMA dblink;
        GRANT USAGE ON SCHEMA dblink TO PUBLIC;
    END IF;
    EXECUTE pg_catalog.format('GRANT CREATE ON DATABASE %I TO ${owner}', pg_catalog.current_database());
    GRANT USAGE ON FOREIGN DATA WRAPPER dblink_fdw TO ${owner};
END
$body$;
