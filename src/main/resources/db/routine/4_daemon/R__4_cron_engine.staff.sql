CREATE OR REPLACE FUNCTION cron_engine.staff(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_login record;
    v_total integer := 0;
BEGIN
    PERFORM cron_engine.collect_worker(w.name, now)
       FROM (SELECT w.name FROM cron_engine.worker w WHERE w.busy AND w.start_at IS NULL ORDER BY w.name) w;
    -- A login without any worker comes first, so that a busy one cannot keep it out.
    FOR v_login IN
        SELECT d.login, d.waiting - d.starting AS short, d.started_now, d.due_since, d.ahead
          FROM cron_engine.demand(now) d WHERE d.waiting > d.starting OR d.ahead IS NOT NULL ORDER BY d.workers, d.login
    LOOP
        IF v_login.short > 0 THEN
            v_total := v_total + v_login.short;
            PERFORM cron_engine.staff_login(v_login.login, v_login.short, v_login.started_now, v_login.due_since, now);
        END IF;
        IF v_login.ahead IS NOT NULL THEN
            PERFORM cron_engine.staff_ahead(v_login.login, v_login.ahead, now);
        END IF;
    END LOOP;
    RETURN v_total;
END;
$body$;
COMMENT ON FUNCTION cron_engine.staff(timestamptz) IS
    'Gives waiting runs workers: idle ones, else new ones up to max_running_jobs. Returns how many runs were waiting for one.';
