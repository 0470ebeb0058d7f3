CREATE OR REPLACE FUNCTION cron_engine.has_sixth_field(schedule text)
RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_text text := CASE WHEN octet_length(schedule) < 1000 THEN cron_engine.strip_comments(schedule) END;
    v_fields text[] := cron_engine.split_fields(v_text);
BEGIN
    -- A comment behind the fifth field is no attempt at a schedule with seconds.
    RETURN coalesce(NOT starts_with(v_text, '@') AND cardinality(v_fields) > 5 AND NOT starts_with(v_fields[6], '#'), false);
END;
$body$;
COMMENT ON FUNCTION cron_engine.has_sixth_field(text) IS 'Whether a valid schedule has a sixth field. pg_cron and Cronlink ignore it; people who write one usually mean seconds. Asked apart from parse_schedule, which stays pure and silent; the answer also comes as row sixth_field of cron.check_schedule.';
