CREATE OR REPLACE FUNCTION cron_engine.first_fire()
RETURNS timestamptz
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- min() reads the end of the index. A comparison with a time, which the planner does not know, could read the whole table.
    RETURN (SELECT min(d.next_fire) FROM cron_engine.due d);
END;
$body$;
COMMENT ON FUNCTION cron_engine.first_fire() IS 'When the next timer is due; NULL: none is.';
