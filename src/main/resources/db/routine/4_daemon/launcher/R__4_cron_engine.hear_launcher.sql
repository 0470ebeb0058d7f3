CREATE OR REPLACE FUNCTION cron_engine.hear_launcher(launcher_name text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_events cron_engine.launcher_event[];
    v_event  cron_engine.launcher_event;
BEGIN
    BEGIN
        IF ${dblink}.dblink_is_busy(launcher_name) = 1 THEN
            RETURN;
        END IF;
        SELECT array_agg((r.worker, r.event, r.pid, r.served, r.error_code, r.message, r.detail, r.hint)::cron_engine.launcher_event) INTO v_events
          FROM ${dblink}.dblink_get_result(launcher_name)
               AS r (worker text, event text, pid integer, served text, error_code text, message text, detail text, hint text);
        PERFORM FROM ${dblink}.dblink_get_result(launcher_name)
                     AS r (worker text, event text, pid integer, served text, error_code text, message text, detail text, hint text);
    EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
        -- What it has done of its orders nobody knows.
        RAISE LOG 'cronlink: a launcher was lost: %', SQLERRM;
        PERFORM cron_engine.lose_launcher(launcher_name);
        RETURN;
    END;
    UPDATE cron_engine.launcher l SET asked_at = NULL, asked_for = NULL WHERE l.name = launcher_name AND l.asked_at IS NOT NULL;
    PERFORM set_config('cronlink.looking', array_remove(cron_engine.looking_launchers(), launcher_name)::text, false);
    FOREACH v_event IN ARRAY coalesce(v_events, '{}') LOOP
        PERFORM cron_engine.note_event(launcher_name, v_event, now);
    END LOOP;
    PERFORM cron_engine.pass_orders(launcher_name, now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.hear_launcher(text, timestamptz) IS 'Takes down what a launcher tells, if it has carried out its orders, and gives it the next ones.';
