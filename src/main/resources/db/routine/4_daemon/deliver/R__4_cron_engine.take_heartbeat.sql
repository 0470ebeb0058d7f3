CREATE OR REPLACE FUNCTION cron_engine.take_heartbeat(every interval, fresh interval, now timestamptz)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF (SELECT h.called_at BETWEEN now - every AND now FROM cron_engine.heartbeat h)
       OR NOT coalesce((SELECT t.last_tick > now - fresh FROM cron_engine.daemon_status() t), false) THEN
        RETURN false;
    END IF;
    -- Of several who are here at once the first.
    INSERT INTO cron_engine.heartbeat AS h (called_at) VALUES (now)
    ON CONFLICT ON CONSTRAINT heartbeat_pkey DO UPDATE SET called_at = EXCLUDED.called_at WHERE h.called_at NOT BETWEEN now - every AND now;
    RETURN FOUND;
END;
$body$;
COMMENT ON FUNCTION cron_engine.take_heartbeat(interval, interval, timestamptz) IS
    'Whether the caller is to call the heartbeat''s address now: somebody leads, the last tick is as fresh as that, and no service has called it within the interval.';
