CREATE OR REPLACE FUNCTION cron_engine.parse_range(
    range text, low int, high int, names text[],
    OUT first int, OUT last int, OUT step int, OUT ends_field boolean)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_part text[] := regexp_match(range, '^(?:(\*)|([0-9A-Za-z]+)(-[0-9A-Za-z]*)?)(/[0-9A-Za-z]*)?(.*)$' COLLATE "C");
BEGIN
    first := CASE WHEN v_part[1] = '*' THEN low ELSE cron_engine.parse_number(v_part[2], names, low) END;
    last := CASE
        WHEN v_part[1] = '*' THEN high
        WHEN v_part[3] IS NOT NULL THEN cron_engine.parse_number(substr(v_part[3], 2), names, low)
        -- As in pg_cron, a step needs a range or a star.
        WHEN v_part[4] IS NULL THEN first
    END;
    step := CASE WHEN v_part[4] IS NULL THEN 1 ELSE cron_engine.parse_number(substr(v_part[4], 2), NULL, 0) END;
    -- As in pg_cron, what follows a complete range is ignored up to the field's end, commas included.
    ends_field := v_part[5] <> '';
    IF first BETWEEN low AND high AND last BETWEEN low AND high AND step BETWEEN 1 AND high THEN
        RETURN;
    END IF;
    first := NULL;
END
$body$;

COMMENT ON FUNCTION cron_engine.parse_range(text, int, int, text[]) IS 'One range of a schedule''s field; first is NULL if it is invalid.';
