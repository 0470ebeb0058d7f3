CREATE OR REPLACE FUNCTION cron.adopt()
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- With the caller's own rights: only who holds the engine may write its tables.
    IF cron_engine.note_home() IS NULL THEN
        RETURN false;
    END IF;
    PERFORM cron_engine.move_home();
    PERFORM cron_engine.begin_anew(clock_timestamp());
    RETURN true;
END;
$body$;
COMMENT ON FUNCTION cron.adopt() IS
    'Makes a copy of a database (CREATE DATABASE … TEMPLATE …) the home of the jobs in it: they fire here from now on. What the original owed when it was copied stays the original''s: missed fires are not made up for, runs that waited are skipped. False: this database is no copy. For the engine''s owner.';
