CREATE OR REPLACE FUNCTION cron_engine.after_with(statement text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Without the queries, whose names may be those of commands, the first command or parenthesis is it.
    SELECT substring(regexp_replace(statement, $re$[^ ,{}]+ ?(?:\{\} ?)?\mas ?(?:not )?(?:materialized ?)?\{\}$re$, '', 'g')
                     FROM $re$(?:\m(?:select|insert|update|delete|merge|values|table)\M|\{\}).*$re$)
$body$;
COMMENT ON FUNCTION cron_engine.after_with(text) IS 'What a statement that begins with WITH does with its queries. Of a statement as in cron_engine.statements.';
