CREATE OR REPLACE FUNCTION cron_engine.require_disk()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- A temporary table would need a privilege that may have been taken away.
    CREATE UNLOGGED TABLE cron_engine.disk_probe (filler text);
    ALTER TABLE cron_engine.disk_probe ALTER COLUMN filler SET STORAGE PLAIN;
    INSERT INTO cron_engine.disk_probe SELECT repeat('x', 8000) FROM generate_series(1, 128);
    -- With this its file is gone.
    RAISE EXCEPTION USING ERRCODE = 'CL001', MESSAGE = 'undone';
EXCEPTION WHEN SQLSTATE 'CL001' THEN
    NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_disk() IS 'Fails if there is not room for another megabyte on the disk of the database, with the server''s error.';
