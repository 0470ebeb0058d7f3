-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.parse_number(word text, names text[], low integer)
RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_index integer;
    v_value bigint;
BEGIN
    IF ltrim(word, '0123456789') <> '' OR word = '' THEN
        v_index := array_position(names, lower(word COLLATE "C"));
        RETURN v_index - 1 + low;
    ELSIF length(word) <= 9 THEN
        RETURN word::integer;
    END IF;
    -- pg_cron reads numbers with atoi(), which clips to 64 bits and keeps the lower 32.
    v_value := least(word::numeric, 9223372036854775807)::bigint & 4294967295;
    RETURN CASE WHEN v_value > 2147483647 THEN v_value - 4294967296 ELSE v_value END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.parse_number(text, text[], integer) IS 'A number or a name in a schedule''s field; NULL if it is neither.';
