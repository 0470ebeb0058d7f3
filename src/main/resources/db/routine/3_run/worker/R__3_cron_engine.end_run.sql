CREATE OR REPLACE FUNCTION cron_engine.end_run(
    runid bigint, claims integer, status text, message text, result text, error_code text, top_level boolean, started_at timestamptz, cost cron_engine.run_cost)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- The role's own is for its commands: here a run would fail by whoever locks a table for a moment, such as an upgrade.
SET lock_timeout = '0'
-- Each run would otherwise plan again where the plan for its very values looks a little cheaper.
SET plan_cache_mode = force_generic_plan
-- Runs that are serializable would fail by each other's reading of whole tables.
SET enable_seqscan = off
AS $body$
DECLARE
    v_run record;
BEGIN
    IF coalesce(status, '') NOT IN ('succeeded', 'failed') THEN
        RAISE EXCEPTION 'a run ends as succeeded or failed' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF error_code IN ('57014', '08001') THEN
        IF cron_engine.undo_stray_stop(runid, claims) THEN
            RETURN false;
        END IF;
    END IF;
    DELETE FROM cron_engine.queue q
     WHERE q.runid = $1 AND q.claims = $2 AND q.pid = pg_backend_pid() AND q.login = SESSION_USER
    RETURNING q.jobid, q.stop_reason, q.stop_asked_by, q.stop_sent_at, q.timed_out_at, q.started_at, q.timeout, q.plain, q.nodename, q.database,
              q.job_group, CASE WHEN q.job_group IS NOT NULL THEN q.username END AS username INTO v_run;
    IF NOT FOUND AND EXISTS (SELECT FROM cron_engine.queue q WHERE q.runid = $1 AND q.claims = $2 AND q.pid = pg_backend_pid()) THEN
        RAISE EXCEPTION 'the role was renamed to "%" while its run was under way', SESSION_USER USING ERRCODE = 'object_not_in_prerequisite_state';
    ELSIF NOT FOUND THEN
        -- It was taken for lost and given to another session. Failing here undoes what this one did.
        RAISE EXCEPTION 'run % is no longer this session''s', runid USING ERRCODE = 'serialization_failure';
    END IF;
    IF error_code = '08001' AND v_run.stop_reason = 'cancel' THEN
        -- It was connecting.
        error_code := '57014';
    END IF;
    IF error_code = '57014' AND v_run.stop_reason IS NOT NULL THEN
        message := CASE v_run.stop_reason WHEN 'timeout' THEN cron_engine.timeout_message('job timeout', v_run.timeout) ELSE 'job canceled' END;
    ELSIF error_code = '57014' AND v_run.timed_out_at IS NOT NULL THEN
        message := 'ERROR:  canceling statement due to statement timeout';
    END IF;
    UPDATE cron.job_run_details d
       SET status = $3, job_pid = pg_backend_pid(), return_message = message, result = left($5, 10000), sqlstate = error_code,
           start_time = greatest(v_run.started_at, least($8, clock_timestamp())), end_time = clock_timestamp(),
           wal_bytes = cost.wal_bytes, read_bytes = cost.read_bytes, temp_bytes = cost.temp_bytes,
           note = CASE WHEN error_code = '57014' THEN nullif(concat_ws('; ', d.note, 'canceled by ' || v_run.stop_asked_by), '') ELSE d.note END
     WHERE d.runid = $1;
    -- In another database or host it always ran there: that is no news of the command.
    IF $7 AND (v_run.nodename IS NOT NULL OR v_run.database IS NOT NULL) THEN
        top_level := false;
    END IF;
    IF $3 = 'succeeded' AND v_run.plain AND NOT $7 THEN
        INSERT INTO cron_engine.plain_end (runid, jobid, status, username, job_group) VALUES ($1, v_run.jobid, $3, v_run.username, v_run.job_group);
    ELSE
        INSERT INTO cron_engine.ended_run (runid, jobid, status, top_level, canceled, username, job_group)
        VALUES ($1, v_run.jobid, $3, $7, coalesce($3 = 'failed' AND v_run.stop_reason = 'cancel', false), v_run.username, v_run.job_group);
    END IF;
    RETURN v_run.stop_sent_at IS NOT NULL OR v_run.timed_out_at IS NOT NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.end_run(bigint, integer, text, text, text, text, boolean, timestamptz, cron_engine.run_cost) IS
    'Records the outcome of a run that this session holds, in the run''s own transaction; true: a cancel was sent for it and may still arrive. Fails if the run is no longer this session''s.';

CREATE OR REPLACE FUNCTION cron_engine.end_run(
    runid bigint, claims integer, status text, message text, result text, error_code text, top_level boolean, started_at timestamptz)
RETURNS boolean
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '0'
AS $body$
    SELECT cron_engine.end_run($1, $2, $3, $4, $5, $6, $7, $8, NULL)
$body$;
COMMENT ON FUNCTION cron_engine.end_run(bigint, integer, text, text, text, text, boolean, timestamptz) IS
    'As above, for a run that was not measured. Workers that were under way at the upgrade from 0.1.0 call it.';
