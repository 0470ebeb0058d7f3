CREATE OR REPLACE FUNCTION cron_engine.clear_top_level()
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
AS $body$
BEGIN
    -- The empty query by which read_result() found the end of the command, and its own end.
    PERFORM FROM ${dblink}.dblink_get_result('cronlink top level', false) AS r (done text);
    PERFORM FROM ${dblink}.dblink_get_result('cronlink top level', false) AS r (done text);
    PERFORM ${dblink}.dblink_exec('cronlink top level', 'DISCARD ALL');
    RETURN true;
EXCEPTION WHEN query_canceled OR OTHERS THEN
    -- Such as a transaction that the command has left open, or a cancel that comes when it has ended.
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.clear_top_level() IS
    'Removes what a command that has ended left in the session at top level, in the own database, but for what tell_top_level() sees to; false: the next run needs another one.';
