CREATE OR REPLACE FUNCTION cron_engine.note_refusal(login text, error_code text, message text, detail text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_reason text := coalesce(nullif(detail, ''), message);
BEGIN
    -- What passes by itself is waited for; anything else fails the runs that need this login, and no other.
    IF cron_engine.may_connect_later(login, detail) THEN
        -- Not with the SQLSTATE that its session reported: some would be taken for a fault of this server, see note_fault().
        PERFORM cron_engine.note_fault('connect', login, NULL, v_reason, '08001', now, '2 s');
    ELSE
        PERFORM cron_engine.refuse_runs(login, 'connection failed', CASE
            WHEN EXISTS (SELECT FROM pg_roles r WHERE r.rolname = login) THEN v_reason
            -- For the server a wrong password and no such role are the same.
            ELSE format('role "%s" does not exist', login) END, error_code);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_refusal(text, text, text, text, timestamptz) IS
    'What follows when no worker could be connected for a login: a pause, or where that never can be, the failure of its waiting runs.';
