CREATE OR REPLACE FUNCTION cron_engine.validate_timezone(timezone text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- PostgreSQL itself would take 'FOO+5' for a zone in POSIX notation, with the sign reversed: a typing error that nobody notices.
    IF NOT EXISTS (SELECT FROM pg_timezone_names n WHERE lower(n.name) = lower($1)) THEN
        RAISE EXCEPTION 'time zone "%" not recognized', timezone
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use a name from pg_timezone_names, such as Europe/Berlin.';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.validate_timezone(text) IS 'Refuses a name that is no IANA time zone.';
