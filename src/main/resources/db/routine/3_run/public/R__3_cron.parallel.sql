CREATE OR REPLACE FUNCTION cron.parallel(commands text[], max_sessions integer DEFAULT 8, timeout interval DEFAULT NULL)
RETURNS TABLE (ordinal integer, status text, result text, message text, start_time timestamptz, end_time timestamptz)
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH done AS (
        UPDATE cron_engine.request
           SET routine = 'cron.parallel(text[],integer,interval)', commands = $1, max_sessions = $2, timeout = $3
        RETURNING runs
    )
    SELECT r.ordinal, (r.outcome).status, (r.outcome).result, (r.outcome).message, r.start_time, r.end_time
      FROM done CROSS JOIN LATERAL unnest(done.runs) r ORDER BY r.ordinal
$body$;
COMMENT ON FUNCTION cron.parallel(text[], integer, interval) IS
    'Runs commands side by side, each as a transaction of its own in a session of its own, as the caller, whose login must be registered; needs no daemon. At most max_sessions at a time (1 to 100, default 8); a command that takes longer than timeout is canceled and fails. Returns for each its ordinal, status (succeeded, failed), result, message, start_time and end_time. Cancelling the call cancels them all. The commands see nothing of the caller''s open transaction, and wait for its locks.';
