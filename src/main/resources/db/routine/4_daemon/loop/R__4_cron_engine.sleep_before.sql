CREATE OR REPLACE FUNCTION cron_engine.sleep_before(start_at timestamptz, exact_at timestamptz)
RETURNS double precision
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_left double precision := extract(epoch FROM start_at - clock_timestamp());
BEGIN
    RETURN CASE WHEN NOT cron_engine.may_wait(exact_at) THEN v_left
                WHEN v_left > 0.0011 THEN 0.0009
                ELSE 0 END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.sleep_before(timestamptz, timestamptz) IS
    'How long to sleep before a worker is set to work, in seconds. The rest is waited away, or else it is a little more.';
