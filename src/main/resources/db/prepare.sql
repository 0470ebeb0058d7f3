-- Run by the stronger user, where one is configured: what the owner may not do itself.
DO $body$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'dblink') THEN
        CREATE SCHEMA IF NOT EXISTS dblink;
        CREATE EXTENSION dblink SCHEMA dblink;
        GRANT USAGE ON SCHEMA dblink TO PUBLIC;
    END IF;
    EXECUTE pg_catalog.format('GRANT CREATE ON DATABASE %I TO ${owner}', pg_catalog.current_database());
    BEGIN
        GRANT USAGE ON FOREIGN DATA WRAPPER dblink_fdw TO ${owner};
    EXCEPTION
        WHEN insufficient_privilege THEN NULL;
    END;
    -- On some hosts the administrator may pass on the one and not the other. What is missing in the end is told to the owner.
    IF NOT pg_catalog.has_foreign_data_wrapper_privilege($owner$${owner}$owner$::pg_catalog.regrole, 'dblink_fdw', 'USAGE') THEN
        BEGIN
            CREATE EXTENSION IF NOT EXISTS postgres_fdw;
            GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO ${owner};
        EXCEPTION
            WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN NULL;
        END;
    END IF;
END
$body$;
