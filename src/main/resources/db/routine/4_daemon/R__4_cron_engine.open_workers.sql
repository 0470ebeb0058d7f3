CREATE OR REPLACE FUNCTION cron_engine.open_workers(for_login text, wanted integer, now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_limit integer := (SELECT s.max_running_jobs FROM cron.settings s);
    v_idle  record;
    v_open  integer := 0;
BEGIN
    -- Few at a time: each connection takes the daemon some milliseconds, in which those that exist get on with the queue.
    FOR i IN 1 .. least(wanted, 4) LOOP
        WHILE (SELECT count(*) FROM cron_engine.worker) >= v_limit LOOP
            SELECT w.name INTO v_idle FROM cron_engine.worker w WHERE NOT w.busy AND w.login <> for_login ORDER BY w.since LIMIT 1;
            IF NOT FOUND THEN
                RETURN v_open;
            END IF;
            PERFORM cron_engine.close_worker(v_idle.name);
        END LOOP;
        EXIT WHEN NOT cron_engine.open_worker(for_login, now);
        v_open := v_open + 1;
        PERFORM cron_engine.start_worker(w.name, now) FROM cron_engine.worker w WHERE w.login = for_login AND NOT w.busy;
    END LOOP;
    RETURN v_open;
END;
$body$;
COMMENT ON FUNCTION cron_engine.open_workers(text, integer, timestamptz) IS
    'Connects and starts more workers for a login, as far as max_running_jobs allows; idle ones of other logins make room. Returns how many.';
