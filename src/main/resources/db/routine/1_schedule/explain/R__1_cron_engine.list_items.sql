CREATE OR REPLACE FUNCTION cron_engine.list_items(items text[], conjunction text DEFAULT 'and')
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT CASE WHEN cardinality(items) < 2 THEN items[1]
                ELSE array_to_string(items[: cardinality(items) - 1], ', ') || ' ' || conjunction || ' ' || items[cardinality(items)] END
$body$;
COMMENT ON FUNCTION cron_engine.list_items(text[], text) IS 'a, b and c';
