CREATE OR REPLACE FUNCTION cron_engine.begin_run(
    INOUT runid bigint, OUT claims integer, OUT jobid bigint, OUT jobname text, OUT username text, OUT priority integer, OUT command text,
    OUT top_level boolean, OUT attempt integer, OUT scheduled_time timestamptz, OUT started_at timestamptz, OUT settings text[])
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
SET enable_seqscan = off
SET jit = off
SET plan_cache_mode = force_generic_plan
AS $body$
DECLARE
    v_login text := SESSION_USER;
    v_done  text;
BEGIN
    IF runid IS NULL THEN
        RETURN;
    END IF;
    SELECT q.runid, q.claims, q.jobid, q.username, q.priority, q.top_level, d.command, d.attempt, d.scheduled_time,
           (SELECT j.jobname FROM cron.job j WHERE j.jobid = d.jobid),
           CASE WHEN q.measured THEN set_config('cronlink.measured', 'on', false) END
      INTO begin_run.runid, begin_run.claims, begin_run.jobid, begin_run.username, begin_run.priority, begin_run.top_level, begin_run.command, begin_run.attempt,
           begin_run.scheduled_time, begin_run.jobname, v_done
      FROM cron_engine.queue q JOIN cron.job_run_details d USING (runid)
     WHERE q.runid = $1 AND q.pid = pg_backend_pid() AND q.login = v_login;
    IF begin_run.runid IS NULL THEN
        RETURN;
    END IF;
    started_at := clock_timestamp();
    IF begin_run.username <> v_login THEN
        settings := cron_engine.role_settings(begin_run.username, current_database());
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.begin_run(bigint) IS
    'What there is to know of a run that the daemon has reserved for this session, as by cron_engine.claim_run; all NULL if it is NULL or not this session''s.';
