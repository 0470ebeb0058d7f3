CREATE OR REPLACE FUNCTION cron_engine.connection_failed(error_code text, message text, detail text)
RETURNS cron_engine.outcome
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT ('failed', concat_ws(E'\n', 'connection failed', 'DETAIL:  ' || coalesce(nullif(detail, ''), message)), NULL,
            CASE WHEN error_code = '57014' THEN '08001' ELSE error_code END, true, NULL)::cron_engine.outcome
$body$;
COMMENT ON FUNCTION cron_engine.connection_failed(text, text, text) IS 'The outcome of a run for which no connection could be had.';
