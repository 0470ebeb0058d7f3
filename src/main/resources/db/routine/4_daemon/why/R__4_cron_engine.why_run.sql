CREATE OR REPLACE FUNCTION cron_engine.why_run(
    run bigint, administrator boolean, now timestamptz, OUT code text, OUT fact text, OUT hint text, OUT detail jsonb)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_run   cron_engine.queue;
    v_why   record;
    v_ahead bigint;
    v_holds text;
    v_limit integer;
BEGIN
    SELECT q.* INTO v_run FROM cron_engine.queue q WHERE q.runid = run;
    IF v_run.waits_for = 'job' THEN
        code := 'own_run';
        SELECT string_agg(format('run %s, %s', o.runid, CASE WHEN o.pid IS NULL THEN 'which waits' ELSE 'under way since ' || o.started_at END), '; ' ORDER BY o.runid)
          INTO v_holds FROM cron_engine.queue o WHERE o.jobid = v_run.jobid AND o.runid < run;
        fact := 'another run of the job comes first: ' || v_holds;
        hint := 'With overlap = allow they would run side by side.';
    ELSIF v_run.waits_for = 'group' THEN
        code := 'group';
        SELECT g.max_running INTO v_limit FROM cron.job_group g WHERE g.name = v_run.job_group;
        SELECT string_agg(CASE WHEN administrator OR o.username = v_run.username THEN format('run %s of job %s', o.runid, o.jobid) ELSE 'a run of another role' END, ', '
                          ORDER BY o.runid), jsonb_agg(o.runid ORDER BY o.runid) FILTER (WHERE administrator OR o.username = v_run.username)
          INTO v_holds, detail
          FROM cron_engine.queue o WHERE o.ready AND o.job_group = v_run.job_group AND (v_limit IS NOT NULL OR o.username = v_run.username);
        fact := format('group "%s" is full: of its jobs %s run%s at once, now %s', v_run.job_group, coalesce(v_limit, 1),
                       CASE coalesce(v_limit, 1) WHEN 1 THEN 's' ELSE '' END, coalesce(v_holds, 'none, and the scheduler is about to look again'));
        detail := jsonb_build_object('group', v_run.job_group, 'limit', coalesce(v_limit, 1), 'runs', detail);
        hint := CASE WHEN v_limit IS NOT NULL THEN 'max_running in cron.job_group is the limit.' END;
    ELSIF v_run.waits_for = 'last try' THEN
        code := 'last_try';
        fact := 'the server has crashed more than once while it ran; such runs are tried one by one';
    ELSIF NOT v_run.ready THEN
        code := 'new';
        fact := 'the scheduler has not looked at it yet, which takes it some milliseconds';
    ELSE
        SELECT * INTO v_why FROM cron_engine.why_waiting(v_run.login, now);
        v_ahead := (SELECT count(*) FROM cron_engine.queue o WHERE o.ready AND o.pid IS NULL AND o.login = v_run.login AND (-o.priority, o.runid) < (-v_run.priority, run));
        code := CASE WHEN v_ahead > 0 AND v_why.cause IN ('workers', 'unknown') THEN 'priority' WHEN v_why.cause = 'unknown' THEN 'worker'
                     WHEN v_why.cause = 'workers' THEN 'worker' ELSE v_why.cause END;
        fact := CASE WHEN v_why.cause = 'unknown' THEN 'a worker is about to take it' ELSE v_why.message END
                || CASE WHEN v_ahead > 0 THEN format('; %s runs of the same login come before it, by priority or because they are older', v_ahead) ELSE '' END
                || coalesce('; ' || CASE WHEN administrator THEN v_why.detail END, '');
        detail := jsonb_build_object('ahead', v_ahead, 'priority', v_run.priority);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.why_run(bigint, boolean, timestamptz) IS
    'What a run waits for whose time has come: own_run, group, last_try, new, priority, worker, or what keeps workers from it: paused, locks, sessions, login. Runs of other roles are named to administrators only.';
