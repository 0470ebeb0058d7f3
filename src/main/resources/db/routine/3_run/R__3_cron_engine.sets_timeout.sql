CREATE OR REPLACE FUNCTION cron_engine.sets_timeout(command text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it is inlined.
    SELECT command OPERATOR(pg_catalog.~*) $re$\mset\M.*\mstatement_timeout\M$re$
$body$;
COMMENT ON FUNCTION cron_engine.sets_timeout(text) IS 'Whether a command looks as if it set statement_timeout.';
