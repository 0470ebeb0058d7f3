CREATE OR REPLACE FUNCTION cron_engine.verb(statement text)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $body$
    -- What begins with a parenthesis is a query. No search_path is pinned, so that it is inlined.
    SELECT coalesce(pg_catalog.substring(statement, '^[a-z]+'), 'select')
$body$;
COMMENT ON FUNCTION cron_engine.verb(text) IS 'The verb of a statement as in cron_engine.statements.';
