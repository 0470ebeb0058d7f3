CREATE OR REPLACE FUNCTION cron_engine.expire_waiting_runs(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- By the index of the deadlines, however many wait without one: a table that is empty now has the same statistics when it is full.
SET enable_sort = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $body$
BEGIN
    PERFORM cron_engine.do_each('expire run', ARRAY(SELECT q.runid::text
                                                     FROM cron_engine.queue q
                                                     JOIN cron.job_run_details d USING (runid)
                                                    WHERE q.pid IS NULL AND q.start_before <= now
                                                    ORDER BY q.start_before
                                                      FOR UPDATE SKIP LOCKED), now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.expire_waiting_runs(timestamptz) IS 'Skips runs that could not start before their deadline.';
