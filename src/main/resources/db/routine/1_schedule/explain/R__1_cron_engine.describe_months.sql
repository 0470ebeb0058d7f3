CREATE OR REPLACE FUNCTION cron_engine.describe_months(months bit varying)
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_names CONSTANT text[] := '{January,February,March,April,May,June,July,August,September,October,November,December}';
    v_month record := cron_engine.find_pattern(months, 1);
BEGIN
    RETURN CASE v_month.pattern
        WHEN 'all' THEN ''
        WHEN 'run' THEN ', ' || v_names[v_month.first] || ' through ' || v_names[v_month.last]
        ELSE ', only in ' || cron_engine.list_items(array(SELECT v_names[i] FROM unnest(v_month.items) AS i ORDER BY i))
    END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.describe_months(bit varying) IS 'The months of a schedule in words.';
