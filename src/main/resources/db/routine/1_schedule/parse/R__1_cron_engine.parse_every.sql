CREATE OR REPLACE FUNCTION cron_engine.parse_every(distance text)
RETURNS interval
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
SET intervalstyle = 'postgres'
AS $body$
DECLARE
    v_every interval;
BEGIN
    v_every := distance::interval;
    -- A month has no fixed length, so it is no distance of a grid. A day has 24 hours here. Up to 100 years every distance is exact in a double.
    IF isfinite(v_every) AND extract(year FROM v_every) = 0 AND extract(month FROM v_every) = 0
        AND extract(epoch FROM v_every) BETWEEN 0.1 AND 36525 * 86400.0
    THEN
        RETURN (extract(epoch FROM v_every) * 1000000) * interval '1 microsecond';
    END IF;
    RETURN NULL;
EXCEPTION
    WHEN data_exception THEN
        RETURN NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.parse_every(text) IS 'The distance after @every, as a pure time; NULL if it is invalid.';
