CREATE OR REPLACE FUNCTION cron_engine.pause(now timestamptz, poll double precision, activity integer)
RETURNS double precision
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_until double precision := extract(epoch FROM cron_engine.first_fire() - now);
BEGIN
    -- With much to do fewer and larger ticks leave the processors to the workers. Paused, or with more due than one tick fires, the next
    -- fire may lie behind: never spin. pg_sleep sleeps whole milliseconds, the last one begun to its end: what is left is ticked away.
    RETURN greatest(least(activity, 40) * 0.0001, CASE WHEN v_until < 0 THEN 0.001 ELSE least(poll, floor(v_until * 1000) / 1000) END);
END;
$body$;
COMMENT ON FUNCTION cron_engine.pause(timestamptz, double precision, integer) IS
    'How long to sleep, in seconds: until the next fire, at most the poll, at least 0.1 ms for each thing that just happened, up to 4 ms.';
