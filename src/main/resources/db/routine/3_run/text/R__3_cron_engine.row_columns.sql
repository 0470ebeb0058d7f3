CREATE OR REPLACE FUNCTION cron_engine.row_columns(statement text)
RETURNS integer
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_verb text := cron_engine.verb(statement);
    -- Reserved words, but a label after AS, or a column's name, may be any word.
    v_text text := regexp_replace(statement, $re$(?:\mas |\. ?)(?:into|returning|from|where|group|having|window|union|intersect|except|order|limit|offset|fetch|for)\M$re$, ' ', 'g');
    v_list text;
BEGIN
    IF v_verb IN ('values', 'table', 'show', 'explain', 'fetch') THEN
        RETURN CASE WHEN statement = 'show all' THEN 3 WHEN v_verb <> 'table' THEN 1 END;
    ELSIF v_verb IN ('insert', 'update', 'delete', 'merge') THEN
        v_list := substring(v_text FROM $re$\mreturning\M(.*)$$re$);
    ELSIF v_verb = 'select' AND v_text !~ $re$\minto\M$re$ THEN
        v_list := regexp_replace(v_text, $re$^select\M|\m(?:from|where|group|having|window|union|intersect|except|order|limit|offset|fetch|for)\M.*$$re$, '', 'g');
    END IF;
    RETURN CASE WHEN v_list IS NULL THEN 0
                WHEN v_list !~ $re$(^|[,.]) ?\*$re$ THEN 1 + length(v_list) - length(replace(v_list, ',', '')) END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.row_columns(text) IS
    'How many columns the rows have that a statement returns, as far as its text tells; NULL: all of a table; 0: it returns no rows. Of a statement as in cron_engine.statements.';
