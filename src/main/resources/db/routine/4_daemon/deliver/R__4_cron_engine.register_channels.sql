CREATE OR REPLACE FUNCTION cron_engine.register_channels(names text[], now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- Said again and again; written once an hour.
    IF EXISTS (SELECT FROM unnest(names) n (name)
                WHERE NOT EXISTS (SELECT FROM cron_engine.alarm_channel c WHERE c.name = n.name AND c.seen_at BETWEEN now - interval '1 h' AND now)) THEN
        INSERT INTO cron_engine.alarm_channel AS c (name, seen_at) SELECT n.name, now FROM unnest(names) n (name) ORDER BY n.name
        ON CONFLICT ON CONSTRAINT alarm_channel_pkey DO UPDATE SET seen_at = EXCLUDED.seen_at;
        -- Another service may have others. What waits for one that nobody has any more is not sent.
        WITH gone AS (
            DELETE FROM cron_engine.alarm_channel c WHERE c.seen_at < now - interval '1 day' RETURNING c.name
        )
        DELETE FROM cron_engine.alarm_delivery d WHERE d.channel IN (SELECT g.name FROM gone g) AND d.messageid IS NULL;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.register_channels(text[], timestamptz) IS 'Has alarms go to these channels from now on, for a day; parts with those that no service has named for as long.';
