CREATE OR REPLACE FUNCTION cron_engine.recover_lost_runs(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- By the index of the runs that are ready, however many wait: a table that is empty now has the same statistics when it is full.
SET enable_sort = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $body$
DECLARE
    v_run   record;
    v_count integer := 0;
BEGIN
    FOR v_run IN
        SELECT q.runid, q.jobid, q.claims, q.top_level AND q.connect_before IS NULL AS top_level,
               coalesce(q.stop_reason, CASE WHEN q.timed_out_at IS NOT NULL THEN 'statement timeout' END) AS stop_reason
          FROM cron_engine.queue q
          JOIN cron.job_run_details d USING (runid)
         WHERE q.ready AND q.pid IS NOT NULL AND NOT cron_engine.is_worker_alive(q.pid, q.login)
               -- A launcher that holds the connection to it will tell how it ended.
               AND NOT EXISTS (SELECT FROM cron_engine.worker w WHERE w.pid = q.pid AND w.login = q.login AND w.launcher <> '')
               AND NOT EXISTS (SELECT FROM cron_engine.fault f WHERE f.step = 'recover' AND f.item = q.runid::text AND f.retry_at > now)
         ORDER BY q.login, -q.priority, q.runid
           FOR UPDATE SKIP LOCKED
    LOOP
        BEGIN
            PERFORM cron_engine.recover_run(v_run.runid, v_run.claims, v_run.top_level, v_run.stop_reason, now);
            v_count := v_count + 1;
        EXCEPTION WHEN lock_not_available OR transaction_rollback THEN
            RAISE;
        WHEN OTHERS THEN
            PERFORM cron_engine.note_fault('recover', v_run.runid::text, v_run.jobid, SQLERRM, SQLSTATE, now);
        END;
    END LOOP;
    RETURN v_count;
END;
$body$;
COMMENT ON FUNCTION cron_engine.recover_lost_runs(timestamptz) IS 'Finds runs whose session is gone, and recovers them. Returns how many.';
