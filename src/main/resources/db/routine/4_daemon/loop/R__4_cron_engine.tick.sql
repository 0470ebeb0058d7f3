CREATE OR REPLACE FUNCTION cron_engine.tick(now timestamptz, head_start interval DEFAULT '0')
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_last     timestamptz := nullif(current_setting('cronlink.last_tick', true), '');
    v_activity integer;
BEGIN
    IF now < v_last - interval '1 minute' THEN
        PERFORM cron_engine.run_step('bring timers forward', now);
    ELSE
        PERFORM set_config('cronlink.last_tick', now::text, false);
    END IF;
    v_activity := cron_engine.run_step('settle', now);
    v_activity := v_activity + cron_engine.run_step('fire', now, head_start);
    RETURN v_activity + cron_engine.run_step('make ready', now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.tick(timestamptz, interval) IS
    'One tick at the given time: settles ended runs, fires timers that are due within head_start, makes waiting runs ready. Returns how much happened.';
