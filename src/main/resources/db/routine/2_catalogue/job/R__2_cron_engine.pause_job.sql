CREATE OR REPLACE FUNCTION cron_engine.pause_job(caller text, job_id bigint, paused boolean, note text)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_note text := coalesce(current_setting('cronlink.note', true), '');
BEGIN
    PERFORM cron_engine.require_bounds(NULL, NULL, note);
    -- For the triggers that write down who and why.
    PERFORM set_config('cronlink.note', coalesce(note, v_note), true);
    PERFORM cron_engine.alter_job(caller, job_id, NULL, NULL, NULL, NULL, NOT paused);
    PERFORM set_config('cronlink.note', v_note, true);
    RETURN true;
END;
$body$;
COMMENT ON FUNCTION cron_engine.pause_job(text, bigint, boolean, text) IS 'Deactivates or activates a job of the caller''s, or for an administrator anybody''s.';
