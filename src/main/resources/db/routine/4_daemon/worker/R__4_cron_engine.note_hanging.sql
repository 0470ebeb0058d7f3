CREATE OR REPLACE FUNCTION cron_engine.note_hanging(login text, reason text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.note_fault('connect', login, NULL, reason, '08001', now);
    -- A server that is busy may be slow once or twice.
    IF (SELECT f.count >= 3 FROM cron_engine.fault f WHERE f.step = 'connect' AND f.item = login) THEN
        PERFORM cron_engine.refuse_runs(login, 'connection failed', reason, '08001');
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_hanging(text, text, timestamptz) IS
    'Lets a login wait whose attempt to connect hangs, longer each time. From the third time in a row on its waiting runs fail.';
