CREATE OR REPLACE FUNCTION cron_engine.alarm_content(alarm cron.alarm)
RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $body$
    SELECT jsonb_build_object('alarmid', alarm.alarmid, 'kind', alarm.kind, 'severity', alarm.severity, 'jobid', alarm.jobid,
                              'jobname', alarm.jobname, 'username', alarm.username, 'runid', alarm.runid,
                              'raisedAt', alarm.raised_at, 'endedAt', alarm.ended_at, 'message', alarm.message,
                              'details', alarm.details, 'endsAlarmid', alarm.ends_alarmid)
$body$;
COMMENT ON FUNCTION cron_engine.alarm_content(cron.alarm) IS 'An alarm as messages show it.';
