CREATE OR REPLACE FUNCTION cron_engine.staff(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_login  record;
    v_worker record;
    v_short  integer;
    v_total  integer := 0;
BEGIN
    PERFORM cron_engine.collect_worker(w.name, now) FROM (SELECT w.name FROM cron_engine.worker w WHERE w.busy ORDER BY w.name) w;
    -- A login without any worker comes first, so that a busy one cannot keep it out.
    FOR v_login IN
        SELECT d.login, d.waiting - d.starting AS short, d.started_now FROM cron_engine.demand(now) d WHERE d.waiting > d.starting ORDER BY d.workers, d.login
    LOOP
        -- Workers that get on with the queue need no help: more of them on the same processors are slower.
        v_short := least(v_login.short, 6 - greatest(v_login.started_now, cron_engine.brisk_workers(v_login.login, now)));
        FOR v_worker IN
            SELECT w.name FROM cron_engine.worker w WHERE w.login = v_login.login AND NOT w.busy ORDER BY w.since DESC LIMIT greatest(v_short, 0)
        LOOP
            v_short := v_short - cron_engine.start_worker(v_worker.name, now)::integer;
        END LOOP;
        v_total := v_total + v_login.short;
        IF v_short > 0 THEN
            PERFORM cron_engine.open_workers(v_login.login, v_short, now);
        END IF;
    END LOOP;
    PERFORM cron_engine.staff_ahead(clock_timestamp());
    RETURN v_total;
END;
$body$;
COMMENT ON FUNCTION cron_engine.staff(timestamptz) IS
    'Gives waiting runs workers: idle ones, else new ones up to max_running_jobs. Returns how many runs were waiting for one.';
