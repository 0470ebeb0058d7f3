-- Run by the engine's owner before each migration: what is missing is said in one line, and nothing has been touched then.
DO $body$
DECLARE
    v_grant text := pg_catalog.format('As an administrator of the server run, in database %I: ', pg_catalog.current_database());
    v_schema name;
    v_foreign record;
BEGIN
    IF pg_catalog.current_setting('server_version_num')::integer < 140000 THEN
        RAISE EXCEPTION 'PostgreSQL 14 or later is needed, this is %', pg_catalog.current_setting('server_version')
            USING ERRCODE = 'feature_not_supported';
    ELSIF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'pg_cron') THEN
        RAISE EXCEPTION 'the extension pg_cron is installed in database "%"', pg_catalog.current_database()
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Both would own schema cron. Use another database, and cron.import_pg_cron() there to take its jobs over.';
    ELSIF pg_catalog.to_regnamespace('cron') IS NOT NULL AND pg_catalog.to_regnamespace('cron_engine') IS NULL THEN
        RAISE EXCEPTION 'there is a schema "cron" that Cronlink did not make' USING ERRCODE = 'duplicate_schema';
    ELSIF NOT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') THEN
        RAISE EXCEPTION 'role "%" may not create schemas in database "%"', CURRENT_USER, pg_catalog.current_database()
            USING ERRCODE = 'insufficient_privilege',
                  HINT = v_grant || pg_catalog.format('GRANT CREATE ON DATABASE %I TO %I;', pg_catalog.current_database(), CURRENT_USER);
    END IF;

    -- Who owns a schema owns, in the end, what is in it: he could drop the engine's tables, or put functions beside its own.
    SELECT n.nspname, pg_catalog.pg_get_userbyid(n.nspowner) AS owner INTO v_foreign
      FROM pg_catalog.pg_namespace AS n
     WHERE n.nspname IN ('cron', 'cron_engine') AND pg_catalog.pg_get_userbyid(n.nspowner) <> CURRENT_USER
     ORDER BY n.nspname LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'schema "%" belongs to role "%", not to "%"', v_foreign.nspname, v_foreign.owner, CURRENT_USER
            USING ERRCODE = 'invalid_schema_name',
                  HINT = 'Connect as that role if it is the service''s; else have the schema dropped or renamed: the service makes its own.';
    END IF;

    IF NOT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'dblink') THEN
        BEGIN
            -- On managed servers the owner may be allowed to.
            CREATE SCHEMA IF NOT EXISTS dblink;
            CREATE EXTENSION dblink SCHEMA dblink;
        EXCEPTION
            WHEN insufficient_privilege THEN
                RAISE EXCEPTION 'the extension dblink is not installed in database "%"', pg_catalog.current_database()
                    USING ERRCODE = 'undefined_object',
                          HINT = v_grant || pg_catalog.format('CREATE SCHEMA dblink; CREATE EXTENSION dblink SCHEMA dblink; '
                              'GRANT USAGE ON SCHEMA dblink TO %I; GRANT USAGE ON FOREIGN DATA WRAPPER dblink_fdw TO %I;', CURRENT_USER, CURRENT_USER);
            WHEN undefined_file OR feature_not_supported THEN
                RAISE EXCEPTION 'the extension dblink is not available on this server'
                    USING ERRCODE = 'undefined_object', HINT = 'Install PostgreSQL''s contrib package on the server.';
        END;
    END IF;
    SELECT n.nspname INTO v_schema
      FROM pg_catalog.pg_extension AS e JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'dblink';
    IF NOT pg_catalog.has_schema_privilege(v_schema, 'USAGE') THEN
        RAISE EXCEPTION 'role "%" may not use schema "%", in which the extension dblink is', CURRENT_USER, v_schema
            USING ERRCODE = 'insufficient_privilege',
                  HINT = v_grant || pg_catalog.format('GRANT USAGE ON SCHEMA %I TO %I;', v_schema, CURRENT_USER);
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_foreign_data_wrapper AS w
                   WHERE w.fdwname IN ('dblink_fdw', 'postgres_fdw') AND pg_catalog.has_foreign_data_wrapper_privilege(w.oid, 'USAGE')) THEN
        RAISE EXCEPTION 'role "%" may not use the foreign-data wrapper dblink_fdw', CURRENT_USER
            USING ERRCODE = 'insufficient_privilege',
                  HINT = v_grant || pg_catalog.format('GRANT USAGE ON FOREIGN DATA WRAPPER dblink_fdw TO %I; Where the server refuses that, '
                      'postgres_fdw serves as well: CREATE EXTENSION postgres_fdw; GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO %I;',
                      CURRENT_USER, CURRENT_USER);
    END IF;
END
$body$;
