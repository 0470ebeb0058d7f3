CREATE OR REPLACE FUNCTION cron_engine.claim_run(
    stray_stop boolean, after bigint, ahead boolean, seat integer,
    OUT runid bigint, OUT claims integer, OUT jobid bigint, OUT jobname text, OUT username text, OUT command text,
    OUT top_level boolean, OUT attempt integer, OUT scheduled_time timestamptz)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- Whatever the statistics of a table that is full now and empty in a second: the first entry of the index, and no other.
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET jit = off
SET plan_cache_mode = force_generic_plan
AS $body$
DECLARE
    v_now    timestamptz := clock_timestamp();
    v_before timestamptz;
    -- A variable, because SESSION_USER itself is of type name, whose collation is not that of the index.
    v_login  text := SESSION_USER;
BEGIN
    LOOP
        UPDATE cron_engine.queue q
           SET pid = pg_backend_pid(), claims = q.claims + 1, started_at = v_now, stray_stop = $1
         WHERE q.runid = (SELECT w.runid
                            FROM cron_engine.queue w
                           WHERE w.login = v_login AND w.ready AND w.pid IS NULL AND w.runid > claim_run.after
                                 AND (ahead OR w.not_before IS NULL OR w.not_before <= v_now)
                                 AND (w.start_before IS NULL OR w.start_before > v_now)
                                 AND NOT EXISTS (SELECT FROM cron.settings s WHERE s.paused OR s.max_running_jobs < claim_run.seat)
                           ORDER BY w.priority DESC, w.runid
                           LIMIT 1
                             FOR UPDATE SKIP LOCKED)
        RETURNING q.runid, q.claims, q.jobid, q.username, q.top_level, q.not_before
             INTO claim_run.runid, claim_run.claims, claim_run.jobid, claim_run.username, claim_run.top_level, v_before;
        EXIT WHEN claim_run.runid IS NOT NULL;
        IF claim_run.after = 0 THEN
            RETURN;
        END IF;
        claim_run.after := 0;
    END LOOP;
    -- Queued ahead of its time: others see a run that waits, locked, until the time has come. Much longer only if the clock was set back.
    IF v_before > v_now THEN
        PERFORM pg_sleep(least(extract(epoch FROM v_before - v_now), 0.02));
        v_now := clock_timestamp();
    END IF;
    UPDATE cron.job_run_details d
       SET status = 'running', job_pid = pg_backend_pid(), start_time = v_now
     WHERE d.runid = claim_run.runid
    RETURNING d.command, d.attempt, d.scheduled_time, (SELECT j.jobname FROM cron.job j WHERE j.jobid = d.jobid)
         INTO claim_run.command, claim_run.attempt, claim_run.scheduled_time, claim_run.jobname;
END;
$body$;
COMMENT ON FUNCTION cron_engine.claim_run(boolean, bigint, boolean, integer) IS
    'Takes the next ready run of the role that is logged in, for this session; all NULL when there is none. after: look for a higher runid first. seat: that of this worker, which claims nothing above max_running_jobs. ahead: also one that was queued ahead of its time, for which it then waits. stray_stop: an earlier run of this session was sent a cancel that may still arrive.';
