CREATE OR REPLACE FUNCTION cron_engine.row_message(row_count bigint)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it is inlined.
    SELECT CASE WHEN row_count OPERATOR(pg_catalog.=) 1 THEN '1 row' ELSE row_count::text OPERATOR(pg_catalog.||) ' rows' END
$body$;
COMMENT ON FUNCTION cron_engine.row_message(bigint) IS 'What libpq''s clients say of a command that returned rows.';
