CREATE OR REPLACE FUNCTION cron_engine.store_timer(new cron_engine.timer)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF new.next_fire IS NULL THEN
        DELETE FROM cron_engine.due d WHERE d.jobid = new.jobid;
    ELSE
        INSERT INTO cron_engine.due (jobid, next_fire) VALUES (new.jobid, new.next_fire)
        ON CONFLICT ON CONSTRAINT due_pkey DO UPDATE SET next_fire = EXCLUDED.next_fire;
    END IF;
    INSERT INTO cron_engine.timer AS t SELECT new.*
    ON CONFLICT ON CONSTRAINT timer_pkey DO UPDATE
    SET schedule = EXCLUDED.schedule, timezone = EXCLUDED.timezone, anchor = EXCLUDED.anchor,
        scheduled_time = EXCLUDED.scheduled_time, next_fire = EXCLUDED.next_fire, idle = EXCLUDED.idle;
END;
$body$;
COMMENT ON FUNCTION cron_engine.store_timer(cron_engine.timer) IS 'Writes a timer, and in cron_engine.due when it fires.';
