-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.weekday_names()
RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $body$
    SELECT '{sun,mon,tue,wed,thu,fri,sat}'::pg_catalog.text[]
$body$;
COMMENT ON FUNCTION cron_engine.weekday_names() IS 'Names that may stand for weekdays in a schedule, from Sunday. A function, so that callers'' plans hold the constant.';
