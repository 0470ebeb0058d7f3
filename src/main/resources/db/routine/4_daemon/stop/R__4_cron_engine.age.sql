CREATE OR REPLACE FUNCTION cron_engine.age(since timestamptz, now timestamptz)
RETURNS interval
LANGUAGE sql IMMUTABLE
AS $body$
    -- Up to PostgreSQL 16 nothing can be taken from infinity. No search_path is pinned, so that it is inlined.
    SELECT CASE WHEN pg_catalog.isfinite(since) THEN now OPERATOR(pg_catalog.-) since END
$body$;
COMMENT ON FUNCTION cron_engine.age(timestamptz, timestamptz) IS 'How long ago something was; NULL: since ever.';
