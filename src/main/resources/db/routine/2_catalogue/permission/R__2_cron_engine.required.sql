CREATE OR REPLACE FUNCTION cron_engine.required(argument text, value text)
RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF value IS NULL THEN
        RAISE EXCEPTION '% can not be NULL', argument USING ERRCODE = 'null_value_not_allowed';
    END IF;
    RETURN value;
END;
$body$;
COMMENT ON FUNCTION cron_engine.required(text, text) IS 'The value of an argument; refuses NULL, in pg_cron''s words.';
