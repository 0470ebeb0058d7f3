CREATE OR REPLACE FUNCTION cron_engine.fire_due(now timestamptz, head_start interval)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_first timestamptz := cron_engine.first_fire();
    v_ahead interval;
    v_jobid bigint;
    v_fired integer := 0;
BEGIN
    -- Most ticks have nothing to do, and find out by one look at the index.
    IF coalesce(v_first > now + head_start, true) OR (SELECT s.paused FROM cron.settings s) THEN
        RETURN 0;
    END IF;
    v_ahead := CASE WHEN head_start > '0' THEN greatest(head_start, v_first - now + cron_engine.fired_together()) ELSE head_start END;
    BEGIN
        -- Few at a time: the first ones start while the others are written. More where they are late anyway, or none starts yet.
        RETURN cron_engine.fire_timers(now, CASE WHEN v_first BETWEEN now - cron_engine.fired_together() AND now + cron_engine.fired_together() THEN 100 ELSE 500 END, v_ahead);
    EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
        RAISE;
    WHEN OTHERS THEN
        RAISE LOG 'cronlink: firing together failed, firing one by one: %', SQLERRM;
        PERFORM cron_engine.mend_sequences();
    END;
    FOR v_jobid IN SELECT d.jobid FROM cron_engine.due d WHERE d.next_fire <= now + v_ahead ORDER BY d.next_fire LIMIT 500 LOOP
        BEGIN
            v_fired := v_fired + cron_engine.fire_timers(now, 1, v_ahead, v_jobid);
        EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
            RAISE;
        WHEN OTHERS THEN
            PERFORM cron_engine.postpone_timer(v_jobid, SQLERRM, SQLSTATE, now);
        END;
    END LOOP;
    RETURN v_fired;
END;
$body$;
COMMENT ON FUNCTION cron_engine.fire_due(timestamptz, interval) IS
    'Fires what is due within head_start, and with it what is due soon after the first of it (fired_together), unless the scheduler is paused; head_start 0: only what is due; a timer that cannot be fired keeps no other from firing, and is tried again and again. Returns how many fired.';
