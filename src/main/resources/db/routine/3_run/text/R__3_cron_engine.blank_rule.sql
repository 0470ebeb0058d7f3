CREATE OR REPLACE FUNCTION cron_engine.blank_rule()
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Comments in comments in comments.
    SELECT format($re$(?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r]|/\*%s\*/)*$re$, format(c, format(c, format(c, '(?!)'))))
      FROM (VALUES ($re$(?:[^*/]|\*(?!/)|/(?!\*)|/\*%s\*/)*$re$)) x (c)
$body$;
COMMENT ON FUNCTION cron_engine.blank_rule() IS 'Regular expression for what separates the words of a command.';
