CREATE OR REPLACE FUNCTION cron_engine.fire_due(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_jobid bigint;
    v_fired integer := 0;
BEGIN
    -- Most ticks have nothing to do, and find out by one look at the index.
    IF coalesce(cron_engine.first_fire() > now, true) THEN
        RETURN 0;
    END IF;
    BEGIN
        RETURN cron_engine.fire_timers(now, 500);
    EXCEPTION WHEN lock_not_available THEN
        -- The tick comes again, and it is nobody's timer that is wrong.
        RAISE;
    WHEN OTHERS THEN
        RAISE LOG 'cronlink: firing together failed, firing one by one: %', SQLERRM;
    END;
    FOR v_jobid IN SELECT t.jobid FROM cron_engine.timer t WHERE t.next_fire <= now ORDER BY t.next_fire LIMIT 500 LOOP
        BEGIN
            v_fired := v_fired + cron_engine.fire_timers(now, 1, v_jobid);
        EXCEPTION WHEN lock_not_available THEN
            RAISE;
        WHEN OTHERS THEN
            -- What passes by itself, as a full disk or a deadlock, is not the timer's fault either.
            IF SQLSTATE !~ '^(08|40|53|55|57|58)' THEN
                PERFORM cron_engine.park_timer(v_jobid, SQLERRM, SQLSTATE, now);
            END IF;
        END;
    END LOOP;
    RETURN v_fired;
END;
$body$;
COMMENT ON FUNCTION cron_engine.fire_due(timestamptz) IS 'Fires what is due; a timer that cannot be fired is put aside and keeps no other from firing. Returns how many fired.';

CREATE OR REPLACE FUNCTION cron_engine.park_timer(job_id bigint, message text, state text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_scheduled timestamptz;
BEGIN
    SELECT t.scheduled_time INTO v_scheduled FROM cron_engine.timer t WHERE t.jobid = job_id FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
        UPDATE cron_engine.timer t SET next_fire = NULL WHERE t.jobid = job_id;
        INSERT INTO cron.job_run_details (jobid, database, username, command, status, return_message, sqlstate, end_time,
                                          scheduled_time, queued_time, trigger, attempt)
        SELECT job_id, j.database, j.username, j.command, 'failed', 'the job could not be fired and waits to be altered: ' || message, state, now,
               v_scheduled, now, 'schedule', 1
          FROM cron.job j WHERE j.jobid = job_id;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.park_timer(bigint, text, text, timestamptz) IS 'Takes a timer that cannot be fired out of the way and records why.';

CREATE OR REPLACE FUNCTION cron_engine.deactivate(job_id bigint, reason text)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Somebody who is changing the job just now is not waited for.
    PERFORM FROM cron.job j WHERE j.jobid = job_id AND j.active FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
        UPDATE cron.job j SET active = false, deactivated_reason = reason WHERE j.jobid = job_id;
    END IF;
    RETURN FOUND;
END;
$body$;
COMMENT ON FUNCTION cron_engine.deactivate(bigint, text) IS 'Deactivates a job for a reason that is kept; false: it could not be now, or was inactive.';

CREATE OR REPLACE FUNCTION cron_engine.first_fire()
RETURNS timestamptz
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- min() reads the end of the index. A comparison with a time, which the planner does not know, could read the whole table.
    RETURN (SELECT min(t.next_fire) FROM cron_engine.timer t WHERE t.next_fire IS NOT NULL);
END;
$body$;
COMMENT ON FUNCTION cron_engine.first_fire() IS 'When the next timer is due; NULL: none is.';
