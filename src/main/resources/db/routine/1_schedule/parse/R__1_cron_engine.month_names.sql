-- No SET search_path, which costs more than the routine itself: it is reached only through routines that pin it.
CREATE OR REPLACE FUNCTION cron_engine.month_names()
RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $body$
    SELECT '{jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec}'::pg_catalog.text[]
$body$;
COMMENT ON FUNCTION cron_engine.month_names() IS 'Names that may stand for months in a schedule. A function, so that callers'' plans hold the constant.';
