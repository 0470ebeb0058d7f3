CREATE OR REPLACE FUNCTION cron_engine.cursor_command(command text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- dblink keeps a whole result in memory and cannot read one whose columns it does not know; what a cursor moves over, it need not.
    SELECT 'BEGIN; DECLARE cronlink NO SCROLL CURSOR FOR ' || regexp_replace(command, $re$;\s*$$re$, '')
           || E'\n; FETCH NEXT FROM cronlink; MOVE FORWARD ALL FROM cronlink; COMMIT'
     WHERE command ~* $re$^[\s(]*(select|values|table|with)\M$re$ AND cron_engine.bare_command(command) !~ ';'
           AND cron_engine.bare_command(command) !~* $re$\m(into|insert|update|delete|merge)\M$re$
$body$;
COMMENT ON FUNCTION cron_engine.cursor_command(text) IS 'A command that only reads, as a cursor that is moved over; NULL for any other.';
