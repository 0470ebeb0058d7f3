CREATE OR REPLACE FUNCTION cron_engine.sleep_time(
    now timestamptz, poll double precision, activity integer, alarm timestamptz DEFAULT NULL, since timestamptz DEFAULT NULL,
    quiet double precision DEFAULT 0)
RETURNS double precision
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_fire  timestamptz;
    v_until double precision;
    v_near  double precision;
    -- With much to do fewer and larger ticks leave the processors to the workers.
    v_pause double precision := greatest(least(activity, 50) * 0.1, CASE WHEN activity >= 10 THEN least(1500 * extract(epoch FROM now - since), 10) END);
BEGIN
    -- Not beyond when the fire is near, by far: only then is it known how many are due at once.
    IF quiet > poll + 2 * extract(epoch FROM cron_engine.fire_is_near()) AND activity = 0 THEN
        RETURN greatest(0.0009, least(poll, extract(epoch FROM alarm - now)) - 0.0001);
    END IF;
    v_fire := cron_engine.first_fire();
    -- Of infinite times some versions have no difference.
    v_until := CASE WHEN isfinite(v_fire) THEN 1000 * extract(epoch FROM v_fire - cron_engine.time_to_fire(now) - now) END;
    IF v_until BETWEEN -60 AND 0 AND (activity < 40 OR v_fire > now) THEN
        -- A few that came due meanwhile are fired at once, and so is what is to be queued ahead of its time.
        v_pause := 1;
    ELSE
        -- Whole milliseconds; what is left is ticked away. What is due for long and was not fired may stay so, as while paused: never spin.
        -- Awake some time before, for the rehearsal, and as only then it is known how many are due at once.
        v_near := v_until - 1000 * extract(epoch FROM cron_engine.fire_is_near() - cron_engine.head_start());
        v_pause := greatest(v_pause, CASE WHEN v_near > 0 THEN least(activity, 100) * 0.1 END,
                            least(1000 * poll, CASE WHEN v_near > 0 THEN greatest(v_near, 1) WHEN v_until >= 0 THEN floor(v_until) END));
    END IF;
    IF alarm > now THEN
        v_pause := least(v_pause, 1000 * extract(epoch FROM alarm - now));
    END IF;
    -- Early: the rest a launcher waits, or it is slept away in run_daemon().
    v_pause := least(v_pause, 1000 * extract(epoch FROM (SELECT min(w.start_at) FROM cron_engine.worker w) - now) - 4);
    -- pg_sleep rounds up to milliseconds after adding the time of day, in which 0.001 s is a trifle more: a little less.
    RETURN greatest(0, ceil(v_pause) - 0.1) / 1000;
END;
$body$;
COMMENT ON FUNCTION cron_engine.sleep_time(timestamptz, double precision, integer, timestamptz, timestamptz, double precision) IS
    'How long to sleep, in seconds: until the next fire, the next start or the alarm, at most the poll, with much to do up to 10 ms. since: when the tick before it began; quiet: see quiet_time().';
