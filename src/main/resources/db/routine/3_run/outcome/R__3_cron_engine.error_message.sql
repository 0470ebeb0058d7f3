CREATE OR REPLACE FUNCTION cron_engine.error_message(command text, error_code text, message text, detail text, hint text, context text)
RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- The engine's own frames are the outermost ones. Known by the name in them: the words around it are in the server's language, and the
    -- name is in quotes where quote_all_identifiers is on.
    v_context text := rtrim(regexp_replace(regexp_replace(context,
                          $re$(^|\n)[^\n]*(\m|")cron_engine"?\."?(run_command|execute)"?\(.*$$re$, ''),
                          $re$(^|\n)[^\n]*SET CONSTRAINTS ALL IMMEDIATE[^\n]*$$re$, ''), E'\n');
    v_length  integer := length(command);
BEGIN
    IF error_code = '0A000' AND message LIKE '%COPY%' AND message LIKE '%PL/pgSQL%' THEN
        RETURN 'COPY not supported';
    END IF;
    -- The frame that only quotes the command: it ends with it, and with a quotation mark, which in French has a blank before it.
    IF left(right(v_context, v_length + 1), v_length) = command THEN
        v_context := regexp_replace(left(v_context, -(v_length + 1)), $re$(^|\n)[^\n]*$$re$, '');
    ELSIF left(right(v_context, v_length + 2), v_length) = command THEN
        v_context := regexp_replace(left(v_context, -(v_length + 2)), $re$(^|\n)[^\n]*$$re$, '');
    END IF;
    -- The text is that of libpq, as pg_cron records it.
    RETURN left(concat_ws(E'\n', 'ERROR:  ' || message, 'DETAIL:  ' || nullif(detail, ''), 'HINT:  ' || nullif(hint, ''),
                          'CONTEXT:  ' || nullif(rtrim(v_context, E'\n'), '')), 100000);
END;
$body$;
COMMENT ON FUNCTION cron_engine.error_message(text, text, text, text, text, text) IS 'An error as libpq would show it, without the engine''s own frames.';
