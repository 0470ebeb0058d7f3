CREATE OR REPLACE FUNCTION cron_engine.note_condition(
    kind text, present boolean, lasting interval, severity text, message text, details jsonb, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $body$
DECLARE
    v_since timestamptz := (SELECT c.since FROM cron_engine.alarm_condition c WHERE c.kind = $1);
BEGIN
    IF present IS NOT TRUE THEN
        DELETE FROM cron_engine.alarm_condition c WHERE c.kind = $1;
        PERFORM cron_engine.end_alarms(ARRAY[a.alarmid], true, now) FROM cron.alarm a WHERE a.kind = $1 AND a.ended_at IS NULL;
        RETURN;
    END IF;
    -- The clock may have been set back.
    IF v_since IS NULL OR v_since > now THEN
        INSERT INTO cron_engine.alarm_condition AS c (kind, since) VALUES ($1, now)
        ON CONFLICT ON CONSTRAINT alarm_condition_pkey DO UPDATE SET since = least(c.since, EXCLUDED.since)
        RETURNING c.since INTO v_since;
    END IF;
    IF v_since <= now - lasting AND NOT EXISTS (SELECT FROM cron.alarm a WHERE a.kind = $1 AND a.ended_at IS NULL) THEN
        INSERT INTO cron.alarm (kind, severity, raised_at, message, details)
        VALUES ($1, $4, now, $5, $6 || jsonb_build_object('since', v_since))
        ON CONFLICT DO NOTHING;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_condition(text, boolean, interval, text, text, jsonb, timestamptz) IS
    'Notes whether something is wrong with the scheduler, raises an alarm when it has been for long enough, and ends it when it is no more. Whichever service looks first does so.';
