-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.split_fields(schedule text)
RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $body$
    -- Only blanks and tabs separate fields, and all of them stand in one line; what follows that line is ignored, as in pg_cron.
    SELECT array_remove(string_to_array(translate(split_part(schedule, E'\n', 1), E'\t', ' '), ' '), '')
$body$;
COMMENT ON FUNCTION cron_engine.split_fields(text) IS 'The fields of a schedule whose leading comments were removed.';
