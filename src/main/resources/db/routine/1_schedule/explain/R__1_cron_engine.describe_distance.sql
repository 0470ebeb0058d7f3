CREATE OR REPLACE FUNCTION cron_engine.describe_distance(every interval)
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_seconds numeric := extract(epoch FROM every);
    v_parts text[];
BEGIN
    IF v_seconds < 1 THEN
        RETURN format('Every %s milliseconds', trim_scale(v_seconds * 1000));
    END IF;
    v_parts := array(
        SELECT CASE WHEN n = 1 THEN unit ELSE trim_scale(n) || ' ' || unit || 's' END
          FROM (VALUES (1, 'day', div(v_seconds, 86400)), (2, 'hour', div(mod(v_seconds, 86400), 3600)),
                       (3, 'minute', div(mod(v_seconds, 3600), 60)), (4, 'second', mod(v_seconds, 60))) AS p (place, unit, n)
         WHERE n > 0
         ORDER BY place);
    -- "Every hour", but "Every 1 day and 2 hours".
    IF cardinality(v_parts) > 1 THEN
        v_parts := array(SELECT CASE WHEN part ~ $re$^\d$re$ THEN part ELSE '1 ' || part END FROM unnest(v_parts) WITH ORDINALITY AS p (part, n) ORDER BY n);
    END IF;
    RETURN 'Every ' || cron_engine.list_items(v_parts);
END;
$body$;
COMMENT ON FUNCTION cron_engine.describe_distance(interval) IS 'The distance of a grid in words.';
