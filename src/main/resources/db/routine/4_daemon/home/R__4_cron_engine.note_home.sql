CREATE OR REPLACE FUNCTION cron_engine.note_home()
RETURNS text
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- Whoever locks a job's row for a long time must not keep a service from starting without a word.
SET lock_timeout = '10s'
AS $body$
DECLARE
    v_copy_of text := cron_engine.copy_of();
BEGIN
    IF v_copy_of IS NOT NULL THEN
        IF EXISTS (SELECT FROM cron_engine.home h WHERE h.copy_of IS NULL) THEN
            UPDATE cron_engine.home SET copy_of = v_copy_of;
        END IF;
        RETURN v_copy_of;
    END IF;
    IF NOT cron_engine.is_settled() THEN
        -- One of several that start at once does it.
        PERFORM FROM cron_engine.home FOR UPDATE;
        IF NOT cron_engine.is_settled() THEN
            PERFORM cron_engine.move_home();
        END IF;
    END IF;
    RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_home() IS
    'Looks whether this still is the home of its jobs: a database that was renamed or moved takes its jobs along, of a copy is noted that it is one. Returns the original of a copy. Writes nothing if nothing changed.';
