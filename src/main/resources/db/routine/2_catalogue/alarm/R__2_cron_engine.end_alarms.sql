CREATE OR REPLACE FUNCTION cron_engine.end_alarms(alarmids bigint[], tell boolean, now timestamptz, by_runid bigint DEFAULT NULL)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $body$
    WITH open AS MATERIALIZED (
        -- Who has it locked is ending it.
        SELECT a.alarmid FROM cron.alarm a WHERE a.alarmid = ANY (alarmids) AND a.ended_at IS NULL FOR UPDATE SKIP LOCKED
    ), ended AS (
        UPDATE cron.alarm a SET ended_at = greatest(now, a.raised_at) FROM open o WHERE a.alarmid = o.alarmid RETURNING a.*
    )
    INSERT INTO cron.alarm (kind, severity, jobid, jobname, username, runid, raised_at, ended_at, message, details, ends_alarmid)
    SELECT 'recovered', e.severity, e.jobid, e.jobname, e.username, by_runid, now, now,
           concat_ws(' ', coalesce(r.label, 'The scheduler'),
                     CASE e.kind WHEN 'failed' THEN 'succeeded again'
                                 WHEN 'no_success' THEN 'succeeded again'
                                 WHEN 'deactivated' THEN 'is active again'
                                 WHEN 'late' THEN 'no longer waits to start'
                                 WHEN 'long' THEN 'has ended its long run'
                                 WHEN 'no_leader' THEN 'is led again'
                                 WHEN 'tick_old' THEN 'ticks again'
                                 WHEN 'queue' THEN 'has a short queue again'
                                 WHEN 'connections' THEN 'has connections left again' END,
                     'after ' || cron_engine.span(now - e.raised_at)),
           jsonb_build_object('kind', e.kind, 'raisedAt', e.raised_at), e.alarmid
      FROM ended e
     CROSS JOIN cron.alarm_settings s
      LEFT JOIN cron_engine.effective_alarm r ON r.jobid = e.jobid
     WHERE tell AND coalesce(r.recovered, s.recovered)
$body$;
COMMENT ON FUNCTION cron_engine.end_alarms(bigint[], boolean, timestamptz, bigint) IS 'Ends those of the given alarms that go on, by a run if it was one, and raises "recovered" for each if that is to be told.';
