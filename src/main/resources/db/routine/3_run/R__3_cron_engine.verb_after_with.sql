CREATE OR REPLACE FUNCTION cron_engine.verb_after_with(bare_command text)
RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_text text := bare_command;
    v_next text;
BEGIN
    -- Parentheses are peeled off from the inside until only the outermost statement is left.
    LOOP
        v_next := regexp_replace(v_text, $re$\([^()]*\)$re$, ' ', 'g');
        EXIT WHEN v_next = v_text;
        v_text := v_next;
    END LOOP;
    RETURN upper(coalesce(substring(v_text FROM $re$(?i)\m(select|insert|update|delete|merge|values|table)\M$re$), 'SELECT'));
END;
$body$;
COMMENT ON FUNCTION cron_engine.verb_after_with(text) IS 'The verb of a statement that begins with WITH.';
