CREATE OR REPLACE FUNCTION cron_engine.quiet_time(now timestamptz)
RETURNS double precision
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_fire timestamptz;
BEGIN
    IF EXISTS (SELECT FROM cron_engine.queue) OR EXISTS (SELECT FROM cron_engine.ended_run) OR EXISTS (SELECT FROM cron_engine.worker w WHERE w.busy)
       OR EXISTS (SELECT FROM cron_engine.changed_job)
       OR EXISTS (SELECT FROM cron_engine.launcher l WHERE l.asked_at IS NOT NULL OR l.orders <> '{}')
       -- The clock was set back, see tick().
       OR (now >= nullif(current_setting('cronlink.last_tick', true), '')::timestamptz) IS NOT TRUE THEN
        RETURN 0;
    END IF;
    PERFORM set_config('cronlink.last_tick', now::text, false);
    v_fire := cron_engine.first_fire();
    RETURN CASE WHEN v_fire > now + cron_engine.fire_is_near() AND isfinite(v_fire) THEN extract(epoch FROM v_fire - now)
                WHEN v_fire <= now + cron_engine.time_to_fire(now) THEN 0
                WHEN v_fire < 'infinity' THEN 0.005
                ELSE 'infinity' END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.quiet_time(timestamptz) IS
    'For how long, in seconds, there is nothing to do in a tick, as things are: no run waits, runs or has ended, no worker is busy, no job was changed, and nothing fires; 0: there is something. One look instead of a dozen.';
