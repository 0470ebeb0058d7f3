CREATE OR REPLACE FUNCTION cron_engine.run_once(
    caller text, command text, database text, username text, timeout interval, transactional boolean, note text)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_database text := coalesce($3, current_database());
    v_username text := coalesce($4, caller);
    v_job      cron_engine.effective_job;
BEGIN
    PERFORM cron_engine.required('command', command);
    PERFORM cron_engine.require_bounds(command, timeout, note);
    PERFORM cron_engine.require_may_act_for(caller, v_username, 'must be superuser to create a job for another role');
    PERFORM cron_engine.validate_role(v_username);
    PERFORM cron_engine.validate_database(v_username, v_database);
    PERFORM cron_engine.warn_of_login(v_username);
    v_job := cron_engine.job_of_command(v_username, v_database, command);
    v_job.timeout := coalesce(timeout, v_job.timeout);
    v_job.top_level := coalesce(v_job.top_level, NOT transactional);
    RETURN cron_engine.queue_run(v_job, trigger => 'manual', attempt => 1, origin_runid => NULL,
                                 note => concat_ws(': ', 'asked for by ' || caller, note), not_before => NULL, now => clock_timestamp());
END;
$body$;
COMMENT ON FUNCTION cron_engine.run_once(text, text, text, text, interval, boolean, text) IS 'Queues a run without a job for the caller. Returns its runid.';
