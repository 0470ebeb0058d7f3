CREATE OR REPLACE FUNCTION cron_engine.watch_scheduler(drift interval, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET jit = off
AS $body$
DECLARE
    s       cron.alarm_settings := (SELECT a FROM cron.alarm_settings a);
    v_tick  timestamptz := (SELECT t.last_tick FROM cron_engine.daemon_status() t);
    v_age   interval := now - v_tick;
    v_waits bigint;
    v_used  bigint;
    v_most  integer := (SELECT sum(CASE p.name WHEN 'max_connections' THEN p.setting::integer ELSE - p.setting::integer END) FROM pg_settings p
                         WHERE p.name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections'));
BEGIN
    PERFORM cron_engine.note_condition('no_leader', s.no_leader_after IS NOT NULL AND cron_engine.leader_pid() IS NULL, s.no_leader_after, 'critical',
        'Nobody leads the scheduler: no job fires', '{}', now);
    PERFORM cron_engine.note_condition('tick_old', v_age > s.tick_older_than, '0', 'critical',
        format('The scheduler''s last tick is %s old: no job fires', cron_engine.span(v_age)),
        jsonb_build_object('lastTick', v_tick, 'leaderPid', cron_engine.leader_pid()), now);
    IF s.queue_over IS NOT NULL THEN
        v_waits := (SELECT count(*) FROM cron_engine.queue q WHERE q.pid IS NULL AND (q.not_before IS NULL OR q.not_before <= now));
    END IF;
    PERFORM cron_engine.note_condition('queue', v_waits > s.queue_over, '1 min', 'error', format('%s runs wait whose time has come', v_waits),
        jsonb_build_object('waiting', v_waits, 'queueOver', s.queue_over), now);
    IF s.connections_over IS NOT NULL THEN
        v_used := (SELECT sum(d.numbackends) FROM pg_stat_database d);
    END IF;
    PERFORM cron_engine.note_condition('connections', v_used * 100 > v_most::bigint * s.connections_over, '1 min', 'error',
        format('%s of %s connections of the server are in use', v_used, v_most), jsonb_build_object('used', v_used, 'usable', v_most), now);
    -- For as long as other services may notice the same jump.
    PERFORM cron_engine.end_alarms(ARRAY[a.alarmid], false, now)
       FROM cron.alarm a WHERE a.kind = 'clock_jump' AND a.ended_at IS NULL AND a.raised_at NOT BETWEEN now - interval '1 min' AND now + interval '1 min';
    IF greatest(drift, - drift) > s.clock_jump_over THEN
        INSERT INTO cron.alarm (kind, severity, raised_at, message, details)
        VALUES ('clock_jump', 'warning', now,
                format('The server''s clock has jumped %s by %s', CASE WHEN drift > '0' THEN 'ahead' ELSE 'back' END, cron_engine.span(greatest(drift, - drift))),
                jsonb_build_object('drift', extract(epoch FROM drift)))
        ON CONFLICT DO NOTHING;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.watch_scheduler(interval, timestamptz) IS
    'Raises and ends the alarms about the scheduler itself. drift: by how much the server''s clock went ahead of the caller''s since he looked last.';
