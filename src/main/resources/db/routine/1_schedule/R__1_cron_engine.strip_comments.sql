CREATE OR REPLACE FUNCTION cron_engine.strip_comments(schedule text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $body$
    SELECT regexp_replace(schedule, '^([ \t]*(#[^\n]*)?\n)*[ \t]*', '')
$body$;

COMMENT ON FUNCTION cron_engine.strip_comments(text) IS 'A schedule without the blank lines, comment lines and blanks before it.';
