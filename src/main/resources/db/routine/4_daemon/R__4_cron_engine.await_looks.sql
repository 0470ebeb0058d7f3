CREATE OR REPLACE FUNCTION cron_engine.await_looks(for_login text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_until timestamptz := clock_timestamp() + interval '1.5 ms';
    v_name  text;
BEGIN
    FOR v_name IN
        SELECT l.name FROM cron_engine.launcher l
         WHERE l.asked_at IS NOT NULL AND l.asked_for IS NULL
               AND EXISTS (SELECT FROM cron_engine.worker w WHERE w.launcher = l.name AND w.login = for_login AND w.busy)
    LOOP
        WHILE ${dblink}.dblink_is_busy(v_name) = 1 AND clock_timestamp() < v_until LOOP
        END LOOP;
        PERFORM cron_engine.hear_launcher(v_name, now);
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.await_looks(text, timestamptz) IS
    'Waits for what the launchers of a login are just finding out, a fraction of a millisecond as a rule: a worker that is done spares another.';
