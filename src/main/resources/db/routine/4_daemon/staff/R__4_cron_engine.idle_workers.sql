CREATE OR REPLACE FUNCTION cron_engine.idle_workers(for_login text, wanted integer, now timestamptz)
RETURNS text[]
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_names text[];
BEGIN
    FOR i IN 1 .. 2 LOOP
        v_names := ARRAY(SELECT w.name FROM cron_engine.worker w CROSS JOIN cron.settings s
                          WHERE w.login = for_login AND NOT w.busy AND NOT w.obsolete AND w.seat <= s.max_running_jobs
                                AND NOT EXISTS (SELECT FROM cron_engine.launcher l WHERE l.name = w.launcher AND l.asked_for IS NOT NULL)
                          ORDER BY w.since DESC LIMIT wanted);
        EXIT WHEN cardinality(v_names) > 0 OR wanted = 0 OR i = 2;
        PERFORM cron_engine.look_closely(for_login, now);
    END LOOP;
    RETURN v_names;
END;
$body$;
COMMENT ON FUNCTION cron_engine.idle_workers(text, integer, timestamptz) IS
    'Workers of a login that can be set to work at once, as many as wanted or fewer, the one that was busy last first.';
