CREATE OR REPLACE FUNCTION cron_engine.why_waiting(
    for_login text, now timestamptz, OUT cause text, OUT login text, OUT message text, OUT detail text, OUT nobody boolean)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_refusal text := (SELECT f.message FROM cron_engine.fault f WHERE f.step IN ('connect', 'staff') AND f.item = for_login ORDER BY f.step LIMIT 1);
    v_workers bigint;
    v_busy    bigint;
    v_limit   integer;
BEGIN
    login := '';
    -- Before anything that would wait for such a lock itself.
    detail := cron_engine.blockers();
    IF detail IS NOT NULL THEN
        cause := 'locks';
        message := 'another session has locked tables of the scheduler';
    ELSIF (SELECT s.paused FROM cron.settings s) THEN
        cause := 'paused';
        message := 'the scheduler is paused, see cron.settings';
    ELSE
        SELECT s.max_running_jobs INTO v_limit FROM cron.settings s;
        SELECT count(*), count(*) FILTER (WHERE w.busy) INTO v_workers, v_busy FROM cron_engine.worker w;
        detail := cron_engine.worker_blockers(for_login);
        IF detail IS NOT NULL THEN
            cause := 'locks';
            login := for_login;
            message := format('another session has locked records of runs of role "%s"', for_login);
        ELSIF v_busy >= v_limit THEN
            cause := 'workers';
            message := format('all %s workers are busy, which is as many as max_running_jobs of cron.settings allows', v_busy);
            detail := cron_engine.busy_workers();
        ELSIF cron_engine.free_places(for_login) = 0 THEN
            cause := 'workers';
            login := for_login;
            message := format('role "%s" has its share of the %s workers, see max_running_jobs_per_role and reserved_running_jobs of cron.settings',
                              for_login, v_limit);
            detail := cron_engine.busy_workers();
        END IF;
    END IF;
    IF cause IS NULL THEN
        SELECT 'sessions', l.login_concerned, l.message INTO cause, login, message FROM cron_engine.session_limit(for_login, v_refusal) l;
    END IF;
    IF message IS NULL THEN
        cause := 'login';
        login := for_login;
        message := cron_engine.login_obstacle(for_login, v_refusal);
    END IF;
    IF message IS NULL THEN
        v_busy := (SELECT count(*) FROM cron_engine.worker w WHERE w.login = for_login AND w.busy);
        cause := CASE WHEN v_busy > 0 THEN 'workers' ELSE 'unknown' END;
        message := CASE WHEN v_busy > 0 THEN format('the %s workers of role "%s" are busy with other runs', v_busy, for_login)
                        ELSE format('no session takes the runs of role "%s", and the scheduler does not know why', for_login) END;
    END IF;
    -- A role's own trouble is nobody else's, unless it is the engine's.
    nobody := (login = '' AND cause IN ('locks', 'sessions') OR login = CURRENT_USER AND cause <> 'workers')
              AND NOT EXISTS (SELECT FROM cron_engine.queue q WHERE q.pid IS NOT NULL AND q.started_at > now - interval '10 s')
              AND NOT EXISTS (SELECT FROM cron_engine.worker w WHERE w.pid IS NOT NULL AND w.since > now - interval '10 s');
END;
$body$;
COMMENT ON FUNCTION cron_engine.why_waiting(text, timestamptz) IS
    'What keeps the ready runs of a login from starting, as in cron_engine.standstill. Cheap, but not for each tick.';
