CREATE OR REPLACE FUNCTION cron_engine.done_body(command text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT coalesce(split_part(d.text, substring(d.text FROM $re$^\$[^$']*\$$re$), 2),
                    replace(substring(d.text FROM $re$'((?:[^']|'')*)'$re$), '''''', ''''))
      FROM (SELECT substring(command COLLATE "C" FROM format(
                       $re$(?i)^%1$sdo%1$s(?:language%1$s[a-z0-9_"]+%1$s)?((?:\$|e?').*)$$re$, cron_engine.blank_rule()))) d (text)
$body$;
COMMENT ON FUNCTION cron_engine.done_body(text) IS 'What a DO does, NULL if the command is none.';
