-- Run by the stronger user, where one is configured: what the owner may not do itself.
DO $body$
DECLARE
    -- Given by the service as a setting of the session: a name in the text would have to be quoted for each place that it is put in.
    v_owner text := pg_catalog.current_setting('cronlink.owner');
    v_schema name;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'dblink') THEN
        CREATE SCHEMA IF NOT EXISTS dblink;
        CREATE EXTENSION dblink SCHEMA dblink;
    END IF;
    SELECT n.nspname INTO v_schema
      FROM pg_catalog.pg_extension AS e JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'dblink';
    EXECUTE pg_catalog.format('GRANT CREATE ON DATABASE %I TO %I', pg_catalog.current_database(), v_owner);
    -- On some hosts the administrator may pass on the one and not the other. What is missing in the end is told to the owner.
    BEGIN
        EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I', v_schema, v_owner);
    EXCEPTION
        WHEN insufficient_privilege THEN NULL;
    END;
    BEGIN
        EXECUTE pg_catalog.format('GRANT USAGE ON FOREIGN DATA WRAPPER dblink_fdw TO %I', v_owner);
    EXCEPTION
        WHEN insufficient_privilege THEN NULL;
    END;
    IF NOT pg_catalog.has_foreign_data_wrapper_privilege(v_owner, 'dblink_fdw', 'USAGE') THEN
        BEGIN
            EXECUTE pg_catalog.format('CREATE EXTENSION IF NOT EXISTS postgres_fdw SCHEMA %I', v_schema);
            EXECUTE pg_catalog.format('GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO %I', v_owner);
        EXCEPTION
            WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR invalid_schema_name THEN NULL;
        END;
    END IF;
END
$body$;
