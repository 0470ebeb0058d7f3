CREATE OR REPLACE FUNCTION cron_engine.validate_database(role_name text, database_name text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_database d WHERE d.datname = database_name) THEN
        RAISE EXCEPTION 'database "%" does not exist', database_name USING ERRCODE = 'invalid_catalog_name', COLUMN = 'database';
    END IF;
    IF NOT has_database_privilege(role_name, database_name, 'CONNECT') THEN
        RAISE EXCEPTION 'User % does not have CONNECT privilege on %', role_name, database_name
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.validate_database(text, text) IS 'Refuses a database of the own server that the role cannot connect to.';
