CREATE OR REPLACE FUNCTION cron_engine.returns_one_row(command text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $body$
    -- It is one statement, as a semicolon is nowhere but at the end. No search_path is pinned, so that it is inlined.
    SELECT command OPERATOR(pg_catalog.~*) $re$^\s*select\s+(?:count|sum|avg|min|max|bool_and|bool_or)\s*\([^;]*;?\s*$$re$ COLLATE pg_catalog."C"
           AND command OPERATOR(pg_catalog.!~*) $re$\m(?:group|over|window|union|intersect|except|into)\M$re$ COLLATE pg_catalog."C"
$body$;
COMMENT ON FUNCTION cron_engine.returns_one_row(text) IS
    'Whether a command is a query for aggregates of all rows: without a cursor, PostgreSQL may run it in parallel, and its result is small.';
