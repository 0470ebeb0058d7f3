CREATE OR REPLACE FUNCTION cron_engine.is_timezone(name text)
RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- The list is made from all of its files each time. Of a region and a place PostgreSQL reads the one file; without a digit that is no
    -- zone in POSIX notation, and with a slash no abbreviation.
    IF name ~* '^(?!posix/|right/)[a-z_]+(/[a-z_]+)+$' THEN
        RETURN isfinite(now() AT TIME ZONE name);
    END IF;
    -- PostgreSQL itself would take 'FOO+5' for a zone in POSIX notation, with the sign reversed: a typing error that nobody notices.
    RETURN EXISTS (SELECT FROM pg_timezone_names n WHERE lower(n.name) = lower($1));
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.is_timezone(text) IS 'Whether this is the name of an IANA time zone.';
