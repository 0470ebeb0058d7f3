CREATE OR REPLACE FUNCTION cron_engine.statements(command text, conforming boolean)
RETURNS text[]
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_text text := regexp_replace(cron_engine.lex(command, conforming), $re$[ \t\n\r\f\v]+$re$, ' ', 'g');
    v_next text;
BEGIN
    -- Parentheses are peeled off from the inside, so many that no text keeps this busy for long.
    FOR i IN 1 .. 100 LOOP
        EXIT WHEN strpos(v_text, '(') = 0 AND strpos(v_text, '[') = 0;
        v_next := regexp_replace(v_text, $re$\([^()\[\]]*\)|\[[^()\[\]]*\]$re$, '{}', 'g');
        EXIT WHEN v_next = v_text;
        v_text := v_next;
    END LOOP;
    IF strpos(v_text, 'atomic') > 0 THEN
        -- The END of a body in SQL stands behind a semicolon, that of a CASE does not. All is lazy: the first quantifier decides for the rest.
        v_text := regexp_replace(v_text, $re$\mbegin +?atomic\M.*?; *?end\M$re$, '{}', 'g');
    END IF;
    RETURN array(SELECT coalesce(CASE WHEN btrim(s) LIKE 'with %' THEN cron_engine.after_with(btrim(s)) END, btrim(s))
                   FROM string_to_table(v_text, ';') WITH ORDINALITY AS x (s, n)
                  WHERE btrim(s) <> ''
                  ORDER BY n);
END;
$body$;
COMMENT ON FUNCTION cron_engine.statements(text, boolean) IS
    'The statements of a command as cron_engine.lex reads them, without the queries of a WITH, and with {} for all that is in parentheses or brackets and for bodies of functions.';
