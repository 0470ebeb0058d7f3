CREATE OR REPLACE FUNCTION cron_engine.column_list(changes jsonb)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT string_agg(k.name, ', ' ORDER BY k.name) FROM jsonb_object_keys(changes) k (name)
$body$;
COMMENT ON FUNCTION cron_engine.column_list(jsonb) IS 'The names of columns that differ, for a sentence.';
