-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.parse_range(
    range text, low integer, high integer, names text[],
    OUT first integer, OUT last integer, OUT step integer, OUT ends_field boolean)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_word text := cron_engine.leading_word(range);
    v_rest text := substr(range, length(v_word) + 1);
    v_is_range boolean := true;
BEGIN
    step := 1;
    IF starts_with(range, '*') THEN
        first := low;
        last := high;
        v_rest := substr(range, 2);
    ELSE
        first := cron_engine.parse_number(v_word, names, low);
        last := first;
        v_is_range := starts_with(v_rest, '-');
        IF v_is_range THEN
            v_word := cron_engine.leading_word(substr(v_rest, 2));
            last := cron_engine.parse_number(v_word, names, low);
            v_rest := substr(v_rest, length(v_word) + 2);
        END IF;
    END IF;
    IF starts_with(v_rest, '/') THEN
        v_word := cron_engine.leading_word(substr(v_rest, 2));
        -- As in pg_cron, a step needs a range or a star.
        step := CASE WHEN v_is_range THEN cron_engine.parse_number(v_word, NULL, 0) END;
        v_rest := substr(v_rest, length(v_word) + 2);
    END IF;
    -- As in pg_cron, what follows a complete range is ignored up to the field's end, commas included.
    ends_field := v_rest <> '';
    IF (first BETWEEN low AND high AND last BETWEEN low AND high AND step BETWEEN 1 AND high) IS NOT TRUE THEN
        first := NULL;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.parse_range(text, integer, integer, text[]) IS 'One range of a schedule''s field; first is NULL if it is invalid.';
