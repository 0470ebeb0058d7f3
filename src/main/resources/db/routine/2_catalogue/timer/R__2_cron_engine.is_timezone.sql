CREATE OR REPLACE FUNCTION cron_engine.is_timezone(name text)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- PostgreSQL itself would take 'FOO+5' for a zone in POSIX notation, with the sign reversed: a typing error that nobody notices.
    SELECT EXISTS (SELECT FROM pg_timezone_names n WHERE lower(n.name) = lower($1))
$body$;
COMMENT ON FUNCTION cron_engine.is_timezone(text) IS 'Whether this is the name of an IANA time zone.';
