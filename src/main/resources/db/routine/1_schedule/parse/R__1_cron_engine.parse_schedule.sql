CREATE OR REPLACE FUNCTION cron_engine.parse_schedule(schedule text)
RETURNS cron_engine.schedule
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    c_hint CONSTANT text := 'Use cron format (e.g. 5 4 * * *), or interval format ''[1-59] seconds''';
    v_text text := '';
    v_detail text;
    v_schedule cron_engine.schedule;
BEGIN
    -- pg_cron reads cron text into a buffer of 1000 bytes, and then tries the interval, which has no such limit.
    IF octet_length(schedule) < 1000 THEN
        v_text := cron_engine.strip_comments(schedule);
        IF starts_with(v_text, '@') THEN
            v_schedule := cron_engine.parse_macro(v_text);
        ELSE
            v_schedule := cron_engine.parse_fields(cron_engine.split_fields(v_text));
        END IF;
    END IF;
    IF v_schedule.kind IS NULL THEN
        v_schedule := cron_engine.parse_seconds(schedule);
    END IF;
    IF v_schedule.kind IS NOT NULL THEN
        RETURN v_schedule;
    END IF;
    v_detail := CASE substring(v_text FROM $re$^@([^ \t\n]*)$re$)
        WHEN 'every' THEN 'After @every comes an interval from 100 milliseconds to 36525 days, without months or years, whose length varies.'
        WHEN 'at' THEN 'After @at comes a date YYYY-MM-DD, optionally a time HH:MM[:SS], optionally a time zone (Z, +HH:MM or a name like Europe/Berlin).'
        WHEN 'after' THEN 'After @after comes the name of a job.'
        WHEN 'after-failure' THEN 'After @after-failure comes the name of a job.'
        WHEN 'after-any' THEN 'After @after-any comes the name of a job.'
    END;
    IF v_detail IS NOT NULL THEN
        RAISE EXCEPTION 'invalid schedule: %', schedule USING ERRCODE = 'invalid_parameter_value', DETAIL = v_detail, HINT = c_hint, COLUMN = 'schedule';
    END IF;
    -- pg_cron shows the text in full; nobody reads a megabyte of it in a log.
    RAISE EXCEPTION 'invalid schedule: %', CASE WHEN length(schedule) > 4000 THEN left(schedule, 4000) || '...' ELSE schedule END
        USING ERRCODE = 'invalid_parameter_value', HINT = c_hint, COLUMN = 'schedule';
END;
$body$;
COMMENT ON FUNCTION cron_engine.parse_schedule(text) IS 'Understands a schedule, in pg_cron''s language and Cronlink''s additions to it (@every, @at, @after), or raises 22023. Pure: the result depends on nothing but the text.';
