CREATE OR REPLACE FUNCTION cron_engine.parse_at(moment text)
RETURNS cron_engine.schedule
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $body$
DECLARE
    -- Only what reads the same whatever the session's settings: ISO 8601, no "tomorrow", no 01/02/03, no zone abbreviations.
    v_part text[] := regexp_match(moment,
        $re$^(\d{4}-\d{1,2}-\d{1,2})(?:(?:[Tt]| +)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?))? *(?:([Zz]|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)|([A-Za-z_]+(?:/[A-Za-z0-9_+-]+)+))?$$re$);
    v_schedule cron_engine.schedule;
BEGIN
    IF v_part IS NOT NULL THEN
        v_schedule.at_local := (v_part[1] || ' ' || coalesce(v_part[2], '00:00'))::timestamp;
        v_schedule.at_zone := v_part[4];
        IF v_part[3] IS NOT NULL THEN
            v_schedule.at_zone := 'UTC';
            v_schedule.at_local := (v_part[1] || ' ' || coalesce(v_part[2], '00:00') || v_part[3])::timestamptz AT TIME ZONE 'UTC';
        END IF;
        PERFORM v_schedule.at_local AT TIME ZONE v_schedule.at_zone;
        v_schedule.kind := 'at';
    END IF;
    RETURN v_schedule;
EXCEPTION
    WHEN data_exception THEN
        RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.parse_at(text) IS 'The schedule of the time after @at; its kind is NULL if it is invalid.';
