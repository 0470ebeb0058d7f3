CREATE OR REPLACE FUNCTION cron_engine.identity(OUT system_identifier bigint, OUT database_oid oid)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    database_oid := (SELECT d.oid FROM pg_database d WHERE d.datname = current_database());
    SELECT c.system_identifier INTO identity.system_identifier FROM pg_control_system() c;
EXCEPTION WHEN OTHERS THEN
    -- Not every host lets everybody ask, or has such a file. The database's number and name then have to do.
    NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.identity() IS 'What tells this database from all others: its cluster, NULL where the server does not tell, and its number there.';
