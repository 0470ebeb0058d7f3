CREATE OR REPLACE FUNCTION cron_engine.tick(now timestamptz, head_start interval DEFAULT '0')
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_last     timestamptz := nullif(current_setting('cronlink.last_tick', true), '');
    v_activity integer;
BEGIN
    PERFORM set_config('cronlink.last_tick', now::text, false);
    IF now < v_last - interval '1 minute' THEN
        PERFORM cron_engine.follow_clock(now, v_last - now);
    END IF;
    v_activity := cron_engine.settle_ended_runs(now);
    IF NOT (SELECT s.paused FROM cron.settings s) THEN
        v_activity := v_activity + cron_engine.fire_due(now, head_start);
    END IF;
    RETURN v_activity + cron_engine.make_ready(now);
EXCEPTION WHEN lock_not_available THEN
    -- Nothing in a tick should wait for a lock; should something, then the tick is undone and comes again.
    RAISE LOG 'cronlink: a tick was given up: %', SQLERRM;
    RETURN 0;
END;
$body$;
COMMENT ON FUNCTION cron_engine.tick(timestamptz, interval) IS
    'One tick at the given time: settles ended runs, fires timers that are due within head_start, makes waiting runs ready. Returns how much happened.';
