CREATE OR REPLACE FUNCTION cron_engine.may_care(now timestamptz, care_at timestamptz, activity integer)
RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF now < care_at AND now > care_at - interval '3 s' THEN
        RETURN false;
    END IF;
    -- Rather when nothing else is to be done.
    RETURN activity <= 0 AND (cron_engine.first_fire() > now + cron_engine.fire_is_next()) IS NOT FALSE OR now >= care_at + interval '0.5 s'
           -- The clock was set back.
           OR now <= care_at - interval '3 s';
END;
$body$;
COMMENT ON FUNCTION cron_engine.may_care(timestamptz, timestamptz, integer) IS
    'Whether the daemon is to see to what is done now and then: its time has come, and nothing else is to be done, or that for too long.';
