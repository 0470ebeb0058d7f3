CREATE OR REPLACE FUNCTION cron_engine.await_launcher(launcher_name text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_until timestamptz := clock_timestamp() + interval '1.5 ms';
BEGIN
    IF launcher_name <> ALL (cron_engine.looking_launchers())
       AND NOT EXISTS (SELECT FROM cron_engine.launcher l WHERE l.name = launcher_name AND l.asked_at IS NOT NULL) THEN
        RETURN;
    END IF;
    WHILE ${dblink}.dblink_is_busy(launcher_name) = 1 AND clock_timestamp() < v_until LOOP
    END LOOP;
    PERFORM cron_engine.hear_launcher(launcher_name, now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.await_launcher(text, timestamptz) IS
    'Waits a moment for a launcher that carries out orders which are quick, a fraction of a millisecond as a rule, and hears it.';
