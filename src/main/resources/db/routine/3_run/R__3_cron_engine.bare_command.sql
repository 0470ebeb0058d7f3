CREATE OR REPLACE FUNCTION cron_engine.bare_command(command text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Comments, strings and quoted names become nothing or x; it is only read for its keywords, so the rare text that
    -- this misreads (nested comments) gets another message, not another meaning.
    SELECT btrim(regexp_replace(regexp_replace(left(command, 100000),
               $re$/\*.*?\*/|--[^\n]*$re$, ' ', 'g'),
               $re$'(?:[^']|'')*'|"[^"]*"|\$([A-Za-z_]*)\$.*?\$\1\$$re$, 'x', 'g'), E' \t\r\n;')
$body$;
COMMENT ON FUNCTION cron_engine.bare_command(text) IS 'A command''s text without comments, strings and quoted names.';
