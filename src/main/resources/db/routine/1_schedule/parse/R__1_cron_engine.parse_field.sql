-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.parse_field(field text, low integer, high integer, names text[], cycle integer)
RETURNS bit varying
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $body$
DECLARE
    v_set bit varying := repeat('0', cycle)::bit varying;
    v_range record;
    v_text text;
    v_value integer;
BEGIN
    IF field = '*' THEN
        RETURN ~ v_set;
    END IF;
    FOREACH v_text IN ARRAY string_to_array(field, ',') LOOP
        v_range := cron_engine.parse_range(v_text, low, high, names);
        IF v_range.first IS NULL THEN
            RETURN NULL;
        END IF;
        -- A reversed range wraps around: its steps are counted on over the end of the cycle. The cycle of weekdays has 7 days though 0 to 7 are allowed.
        FOR v_value IN v_range.first .. v_range.last + CASE WHEN v_range.first > v_range.last THEN cycle ELSE 0 END BY v_range.step LOOP
            v_set := set_bit(v_set, (v_value - low) % cycle, 1);
        END LOOP;
        EXIT WHEN v_range.ends_field;
    END LOOP;
    RETURN v_set;
END;
$body$;
COMMENT ON FUNCTION cron_engine.parse_field(text, integer, integer, text[], integer) IS 'The set of values that a schedule''s field names, as bits counted from the least value; NULL if the field is invalid.';
