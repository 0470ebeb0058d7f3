CREATE OR REPLACE FUNCTION cron_engine.raise_test(asked_by text, now timestamptz)
RETURNS jsonb
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $body$
    INSERT INTO cron.alarm AS a (kind, severity, raised_at, ended_at, message, details)
    VALUES ('test', 'info', now, now, format('A test, asked for by %s: this channel works', left(asked_by, 100)), jsonb_build_object('askedBy', left(asked_by, 100)))
    RETURNING jsonb_build_object('database', current_database(), 'kinds', jsonb_build_array(a.kind), 'alarmids', jsonb_build_array(a.alarmid), 'count', 1,
                                 'alarms', jsonb_build_array(cron_engine.alarm_content(a)))
$body$;
COMMENT ON FUNCTION cron_engine.raise_test(text, timestamptz) IS 'Raises an alarm that is only a test, and returns what the message about it says. It is not in the outbox: who asks sends it.';
