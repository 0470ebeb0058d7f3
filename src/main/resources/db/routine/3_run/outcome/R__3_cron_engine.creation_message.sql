CREATE OR REPLACE FUNCTION cron_engine.creation_message(statement text, row_count bigint)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT CASE WHEN statement !~ $re$^create (?:[a-z]+ )*?(?:table|materialized view)\M.*\mas ?(?:select|with|values|table|execute|\{)$re$
                THEN cron_engine.command_tag(statement)
                -- With no rows, one that is there already has the tag of one that is made without data; one that is made now is taken for it.
                WHEN statement !~ $re$\mwith no data$$re$ AND (row_count > 0 OR statement !~ $re$\mif not exists\M$re$) THEN 'SELECT ' || row_count
                WHEN statement ~ $re$^create materialized\M$re$ THEN 'CREATE MATERIALIZED VIEW'
                ELSE 'CREATE TABLE AS' END
$body$;
COMMENT ON FUNCTION cron_engine.creation_message(text, bigint) IS 'The tag of a CREATE, which is that of a SELECT where a query has filled a table. Of a statement as in cron_engine.statements.';
