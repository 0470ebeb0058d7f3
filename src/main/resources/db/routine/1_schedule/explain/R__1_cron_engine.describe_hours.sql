CREATE OR REPLACE FUNCTION cron_engine.describe_hours(hours bit varying)
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_hour record := cron_engine.find_pattern(hours, 0);
    v_spans text[];
BEGIN
    IF v_hour.pattern = 'all' THEN
        RETURN '';
    ELSIF v_hour.pattern = 'step' AND 24 % v_hour.step = 0 AND v_hour.step < 12 THEN
        RETURN format(', in every %s hour', v_hour.step || CASE v_hour.step WHEN 2 THEN 'nd' WHEN 3 THEN 'rd' ELSE 'th' END)
            || CASE WHEN v_hour.first > 0 THEN format(' from %s:00', to_char(v_hour.first, 'FM00')) ELSE '' END;
    END IF;
    -- Neighbouring hours make a span. The span that goes on over midnight is the last one.
    v_spans := array(
        SELECT format('between %s:00 and %s:59', to_char(h, 'FM00'), to_char((
                   SELECT min(e) FROM generate_series(h, h + 23) AS e WHERE get_bit(hours, (e + 1) % 24) = 0) % 24, 'FM00'))
          FROM unnest(v_hour.items) AS h
         WHERE get_bit(hours, (h + 23) % 24) = 0
         ORDER BY h);
    IF cardinality(v_spans) > 3 THEN
        RETURN ', in the hours ' || cron_engine.list_items(v_hour.items::text[]);
    END IF;
    RETURN ', ' || cron_engine.list_items(v_spans);
END;
$body$;
COMMENT ON FUNCTION cron_engine.describe_hours(bit varying) IS 'A set of hours in words, as the end of a sentence about minutes.';
