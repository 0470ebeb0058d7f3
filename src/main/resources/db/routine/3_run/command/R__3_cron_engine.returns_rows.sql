CREATE OR REPLACE FUNCTION cron_engine.returns_rows(command text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $body$
    -- A guess that may be wrong either way: run_command copes with both. No search_path is pinned, so that it is inlined.
    SELECT command OPERATOR(pg_catalog.~*) $re$^\s*(/\*|--|\(|(select|with|values|table|show|explain|fetch)\M)$re$ COLLATE pg_catalog."C"
           OR command OPERATOR(pg_catalog.~*) $re$\mreturning\M$re$ COLLATE pg_catalog."C"
$body$;
COMMENT ON FUNCTION cron_engine.returns_rows(text) IS 'Whether a command looks as if it returned rows.';
