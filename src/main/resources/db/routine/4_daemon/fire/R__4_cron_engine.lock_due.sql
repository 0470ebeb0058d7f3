CREATE OR REPLACE FUNCTION cron_engine.lock_due(now timestamptz, batch integer, head_start interval, only_jobid bigint)
RETURNS bigint[]
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- By the index of the times, however many timers there are: a table that was empty has the same statistics when it is full.
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
AS $body$
BEGIN
    RETURN (SELECT array_agg(d.jobid)
              FROM (SELECT d.jobid FROM cron_engine.due d
                     WHERE d.next_fire <= now + head_start AND (only_jobid IS NULL OR d.jobid = only_jobid)
                           -- What becomes of a fire while the job runs is decided when its time has come.
                           AND (d.next_fire <= now OR NOT EXISTS (SELECT FROM cron_engine.queue q WHERE q.jobid = d.jobid))
                     ORDER BY d.next_fire LIMIT batch
                       FOR UPDATE SKIP LOCKED) d);
END;
$body$;
COMMENT ON FUNCTION cron_engine.lock_due(timestamptz, integer, interval, bigint) IS
    'Locks up to batch timers that are due within head_start, the first ones first, or that of only one job. Returns their jobs; NULL: there are none.';
