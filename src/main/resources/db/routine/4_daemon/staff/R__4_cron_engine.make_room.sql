CREATE OR REPLACE FUNCTION cron_engine.make_room(for_login text)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_limit integer := (SELECT s.max_running_jobs FROM cron.settings s);
    v_idle  text;
BEGIN
    WHILE (SELECT count(*) FROM cron_engine.worker) >= v_limit LOOP
        SELECT w.name INTO v_idle FROM cron_engine.worker w WHERE NOT w.busy AND w.login <> for_login ORDER BY w.since LIMIT 1;
        IF NOT FOUND THEN
            RETURN false;
        END IF;
        PERFORM cron_engine.close_worker(v_idle);
    END LOOP;
    RETURN true;
END;
$body$;
COMMENT ON FUNCTION cron_engine.make_room(text) IS
    'Whether max_running_jobs leaves a place for another worker of a login, if need be after closing an idle one of another login.';
