CREATE OR REPLACE FUNCTION cron_engine.pause(now timestamptz, poll double precision)
RETURNS double precision
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Paused, or with more due than one tick fires, the next fire may lie behind: never spin.
    RETURN greatest(0.001, least(poll, extract(epoch FROM cron_engine.first_fire() - now)));
END;
$body$;
COMMENT ON FUNCTION cron_engine.pause(timestamptz, double precision) IS 'How long to sleep, in seconds: until the next fire, at most the poll.';
