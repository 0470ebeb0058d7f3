CREATE OR REPLACE FUNCTION cron_engine.first_fire()
RETURNS timestamptz
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET enable_sort = off
AS $body$
BEGIN
    -- The first entry of the index. Where the statistics are of a table that was empty, min() would read them all.
    RETURN (SELECT d.next_fire FROM cron_engine.due d ORDER BY d.next_fire LIMIT 1);
END;
$body$;
COMMENT ON FUNCTION cron_engine.first_fire() IS 'When the next timer is due; NULL: none is.';
