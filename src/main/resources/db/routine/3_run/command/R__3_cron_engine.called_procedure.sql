CREATE OR REPLACE FUNCTION cron_engine.called_procedure(command text)
RETURNS text[]
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT parse_ident(substring(command COLLATE "C" FROM format(
               $re$(?i)^%1$scall%1$s(%2$s(?:\s*\.\s*%2$s)*)%1$s\($re$, cron_engine.blank_rule(),
               $re$(?:[^\u0001-@\[-\^`{-\u007f][^\u0001-#%-/:-@\[-\^`{-\u007f]*|"(?:[^"]|"")+")$re$)))
$body$;
COMMENT ON FUNCTION cron_engine.called_procedure(text) IS 'The name of the procedure that a command calls, and before it that of its schema, if it is given; NULL if the command is no CALL.';
