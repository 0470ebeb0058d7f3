CREATE OR REPLACE FUNCTION cron_engine.conninfo(VARIADIC options text[])
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Quoted as libpq wants it: a backslash before quotes and backslashes. Of options given twice libpq takes the last.
    SELECT string_agg(split_part(o, '=', 1) || '=''' ||
                      replace(replace(substr(o, strpos(o, '=') + 1), E'\\', E'\\\\'), '''', E'\\''') || '''', ' ' ORDER BY i)
      FROM unnest(options) WITH ORDINALITY AS u (o, i)
$body$;
COMMENT ON FUNCTION cron_engine.conninfo(text[]) IS 'A libpq connection string of options given as name=value.';
