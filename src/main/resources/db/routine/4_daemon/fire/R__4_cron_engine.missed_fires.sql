CREATE OR REPLACE FUNCTION cron_engine.missed_fires(
    schedule cron_engine.schedule, timezone text, first timestamptz, anchor timestamptz, until timestamptz, count integer)
RETURNS SETOF timestamptz
LANGUAGE plpgsql STABLE CALLED ON NULL INPUT
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- No schedule is denser than that.
    v_span  interval := count * interval '100 ms';
    v_from  timestamptz;
    v_fire  timestamptz;
    v_fires timestamptz[];
BEGIN
    -- The latest ones, without a walk through all the others: looked for in a span before the end, which is doubled until it holds enough.
    LOOP
        v_from := greatest(first, until - v_span);
        v_fire := CASE WHEN v_from = first THEN first ELSE cron_engine.next_fire(schedule, timezone, v_from, anchor) END;
        v_fires := '{}';
        WHILE v_fire <= until LOOP
            v_fires := v_fires || v_fire;
            v_fire := cron_engine.next_fire(schedule, timezone, v_fire, anchor);
        END LOOP;
        EXIT WHEN v_from = first OR cardinality(v_fires) >= count;
        v_span := v_span * 2;
    END LOOP;
    RETURN QUERY SELECT unnest(v_fires[greatest(1, cardinality(v_fires) - count + 1):]);
END;
$body$;
COMMENT ON FUNCTION cron_engine.missed_fires(cron_engine.schedule, text, timestamptz, timestamptz, timestamptz, integer) IS
    'The fires from first to until; if there are more than count, the latest ones.';
