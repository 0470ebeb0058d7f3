CREATE OR REPLACE FUNCTION cron_engine.cursor_command(command text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- dblink keeps a whole result in memory and cannot read one whose columns it does not know; what a cursor moves over, it need not.
    -- MOVE FORWARD 0 says whether the FETCH found a row.
    SELECT 'DECLARE cronlink NO SCROLL CURSOR FOR ' || command
           || E'\n; FETCH NEXT FROM cronlink; MOVE FORWARD 0 FROM cronlink; MOVE FORWARD ALL FROM cronlink'
$body$;
COMMENT ON FUNCTION cron_engine.cursor_command(text) IS 'A command that only reads, as a cursor that is moved over: its results are a tag, a row or none, and two numbers.';
