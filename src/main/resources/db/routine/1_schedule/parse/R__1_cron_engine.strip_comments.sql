-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.strip_comments(schedule text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $body$
    SELECT CASE WHEN ltrim(schedule, E' \t\n#') = schedule THEN schedule
                ELSE regexp_replace(schedule, $re$^([ \t]*(#[^\n]*)?\n)*[ \t]*$re$, '') END
$body$;
COMMENT ON FUNCTION cron_engine.strip_comments(text) IS 'A schedule without the blank lines, comment lines and blanks before it.';
