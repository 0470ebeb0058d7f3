CREATE OR REPLACE FUNCTION cron_engine.staff(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_login record;
    v_total integer := 0;
    v_short integer;
    v_stuck boolean := false;
    v_most  integer := (SELECT s.max_running_jobs FROM cron.settings s);
BEGIN
    PERFORM cron_engine.look_at_workers('', now), cron_engine.watch_launchers(now);
    -- A login for which nothing runs comes first, so that a busy one cannot keep it out. Of these one with an idle worker, which will have
    -- done when another login is to have its place, but not for long: there may always be some.
    FOR v_login IN
        SELECT d.login, d.waiting, d.waiting - d.starting AS short, d.started_now, d.due_since, d.ahead
          FROM cron_engine.worker_demand(now) d WHERE d.waiting > d.starting OR d.ahead IS NOT NULL
         ORDER BY d.busy, d.workers = 0 AND d.due_since > now - interval '0.2 s', d.workers, d.login
    LOOP
        IF v_login.short > 0 AND (SELECT count(*) FROM cron_engine.worker w WHERE w.busy) >= v_most THEN
            v_stuck := true;
        ELSIF v_login.short > 0 THEN
            v_short := cron_engine.staff_login(v_login.login, v_login.short, v_login.started_now, v_login.due_since, now);
            v_total := v_total + v_short;
            v_stuck := v_stuck OR v_short = 0;
        END IF;
        -- Not where workers are behind: to start one for a single run at its very time takes more than to let it go on.
        IF v_login.ahead IS NOT NULL AND v_login.waiting = 0 THEN
            PERFORM cron_engine.staff_ahead(v_login.login, v_login.ahead, now);
        END IF;
    END LOOP;
    RETURN CASE WHEN v_total = 0 AND (v_stuck OR EXISTS (SELECT FROM cron_engine.launcher l WHERE l.asked_for IS NOT NULL OR l.orders <> '{}')) THEN -1 ELSE v_total END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.staff(timestamptz) IS
    'Gives waiting runs workers: idle ones, else new ones up to max_running_jobs. Returns how many runs were waiting for one; -1 if some were, and nothing can be done for them before another ends, or a launcher is connecting.';
