CREATE OR REPLACE FUNCTION cron_engine.quotes(message text, name text)
RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Each language has marks of its own: whatever is no letter, space or punctuation.
    SELECT message ~ ('[^[:alnum:][:space:],.;:()=/_-][[:space:]]?' || regexp_replace(name, '([^[:alnum:]])', $re$\\\1$re$, 'g')
                      || '[[:space:]]?[^[:alnum:][:space:],.;:()=/_-]')
$body$;
COMMENT ON FUNCTION cron_engine.quotes(text, text) IS 'Whether a message, of whatever language, has this name in quotation marks.';
