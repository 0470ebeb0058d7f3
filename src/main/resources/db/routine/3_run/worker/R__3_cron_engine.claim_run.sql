CREATE OR REPLACE FUNCTION cron_engine.claim_run(
    stray_stop boolean, after cron_engine.claim, seat integer, for_username text, commit_share float8,
    OUT runid bigint, OUT claims integer, OUT jobid bigint, OUT jobname text, OUT username text, OUT priority integer, OUT command text,
    OUT top_level boolean, OUT attempt integer, OUT scheduled_time timestamptz, OUT started_at timestamptz, OUT settings text[])
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
-- Whatever the statistics of a table that is full now and empty in a second: the first entry of the index, and no other.
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET jit = off
SET plan_cache_mode = force_generic_plan
AS $body$
DECLARE
    -- A variable, because SESSION_USER itself is of type name, whose collation is not that of the index.
    v_login   text := SESSION_USER;
    -- That of the role, which nothing but the daemon can see to: see work().
    v_limit   interval := nullif(current_setting('statement_timeout'), '0')::interval;
    v_after   integer := coalesce(-after.priority, -2147483648);
    v_runid   bigint := coalesce(after.runid, 0);
    v_careful boolean;
    v_done    text;
BEGIN
    -- Behind the last one, past all that has been claimed before: the longer a claim looks, the more often it locks what another has just
    -- taken. Now and then from the start, where a higher priority or an older run may have come up.
    started_at := clock_timestamp();
    LOOP
        UPDATE cron_engine.queue q
           SET pid = pg_backend_pid(), claims = q.claims + 1, started_at = claim_run.started_at, stray_stop = $1, statement_timeout = v_limit,
               commit_share = claim_run.commit_share,
               -- Nothing is sent to a top level before begin_top_level() says so.
               connect_before = CASE WHEN q.top_level THEN 'infinity'::timestamptz END
         WHERE q.runid = (SELECT w.runid
                            FROM cron_engine.queue w
                           WHERE w.login = v_login AND w.ready AND w.pid IS NULL AND (-w.priority, w.runid) > (v_after, v_runid)
                                 -- What a command takes for the time must not be before its time, and the CALL is the statement that it sees.
                                 AND (w.not_before IS NULL OR w.not_before <= statement_timestamp())
                                 AND (for_username IS NULL OR w.username = for_username)
                                 AND (w.start_before IS NULL OR w.start_before > claim_run.started_at)
                                 AND NOT EXISTS (SELECT FROM cron.settings s WHERE s.paused OR s.max_running_jobs < claim_run.seat)
                           ORDER BY -w.priority, w.runid
                           LIMIT 1
                             FOR UPDATE SKIP LOCKED)
        RETURNING q.runid, q.claims, q.jobid, q.username, q.priority, q.top_level, q.careful,
                  CASE WHEN q.measured THEN set_config('cronlink.measured', 'on', false) END
             INTO claim_run.runid, claim_run.claims, claim_run.jobid, claim_run.username, claim_run.priority, claim_run.top_level, v_careful, v_done;
        EXIT WHEN claim_run.runid IS NOT NULL OR v_after = -2147483648;
        v_after := -2147483648;
    END LOOP;
    settings := CASE WHEN claim_run.username <> v_login THEN cron_engine.role_settings(claim_run.username, current_database()) END;
    IF v_careful THEN
        PERFORM cron_engine.record_start(claim_run.runid);
    END IF;
    -- Nothing is logged otherwise: the commit waits for no disk. A run that lasts is recorded by the daemon, see notify_started().
    SELECT d.command, d.attempt, d.scheduled_time, (SELECT j.jobname FROM cron.job j WHERE j.jobid = d.jobid)
      INTO claim_run.command, claim_run.attempt, claim_run.scheduled_time, claim_run.jobname
      FROM cron.job_run_details d WHERE d.runid = claim_run.runid;
END;
$body$;
COMMENT ON FUNCTION cron_engine.claim_run(boolean, cron_engine.claim, integer, text, float8) IS
    'Takes the next ready run of the role that is logged in, for this session; all NULL when there is none. stray_stop: an earlier run of this session was sent a cancel that may still arrive. after: look behind this one first, in the order of the queue; NULL: from its start. seat: that of this worker, which claims nothing above max_running_jobs. for_username: only those of one role. commit_share: as in cron_engine.queue. settings: what to put in force, for a role other than the login. Of a run whose cost is to be measured the session is told by its setting cronlink.measured, until reset_session(): a column here would make another type for workers under way.';
