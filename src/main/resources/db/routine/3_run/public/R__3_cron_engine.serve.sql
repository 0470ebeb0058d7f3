CREATE OR REPLACE FUNCTION cron_engine.serve(caller text, INOUT request cron_engine.request)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    CASE request.routine
        WHEN 'cron.schedule(text,text)'::regprocedure THEN
            request.id := cron_engine.schedule_job(caller, NULL, request.schedule, request.command, NULL, NULL, NULL);
        WHEN 'cron.schedule(text,text,text)'::regprocedure THEN
            request.id := cron_engine.schedule_job(
                caller, cron_engine.required('job_name', request.job_name), request.schedule, request.command, NULL, NULL, NULL);
        WHEN 'cron.schedule_in_database(text,text,text,text,text,boolean)'::regprocedure THEN
            request.id := cron_engine.schedule_job(
                caller, cron_engine.required('job_name', request.job_name), request.schedule, request.command, request.database, request.username, request.active);
        WHEN 'cron.alter_job(bigint,text,text,text,text,boolean)'::regprocedure THEN
            request.done := cron_engine.alter_job(
                caller, request.job_id, request.schedule, request.command, request.database, request.username, request.active);
        WHEN 'cron.pause_job(bigint,text)'::regprocedure, 'cron.resume_job(bigint,text)'::regprocedure THEN
            request.done := cron_engine.pause_job(caller, request.job_id, request.routine = 'cron.pause_job(bigint,text)'::regprocedure, request.note);
        WHEN 'cron.unschedule(bigint)'::regprocedure THEN request.done := cron_engine.unschedule_job(caller, request.job_id);
        WHEN 'cron.unschedule(text)'::regprocedure THEN request.done := cron_engine.unschedule_job(caller, request.job_name);
        WHEN 'cron.run_job(bigint,text)'::regprocedure THEN request.id := cron_engine.run_job(caller, request.job_id, request.note);
        WHEN 'cron.run_once(text,text,text,interval,boolean,text)'::regprocedure THEN
            request.id := cron_engine.run_once(
                caller, request.command, request.database, request.username, request.timeout, request.transactional, request.note);
        WHEN 'cron.rerun(bigint,text)'::regprocedure THEN request.id := cron_engine.rerun(caller, request.runid, request.note);
        WHEN 'cron.cancel(bigint,text)'::regprocedure THEN request.done := cron_engine.cancel_run(caller, request.runid, request.note);
        WHEN 'cron.delete_runs(timestamptz,bigint)'::regprocedure THEN request.id := cron_engine.delete_runs(caller, request.before, request.job_id);
        WHEN 'cron.add_login(text,text,text)'::regprocedure THEN
            request.done := cron_engine.add_login(caller, request.username, request.password, request.via);
        WHEN 'cron.drop_login(text)'::regprocedure THEN request.done := cron_engine.drop_login(caller, request.username);
        WHEN 'cron.parallel(text[],integer,interval)'::regprocedure THEN
            request.runs := cron_engine.parallel(caller, request.commands, request.max_sessions, request.timeout);
        WHEN 'cron.apply_jobs(jsonb,text,boolean,boolean,boolean)'::regprocedure THEN
            request.plan := cron_engine.apply_jobs(caller, request.jobs, request.manager, request.prune, request.adopt, request.dry_run);
    END CASE;
    PERFORM cron_engine.audit_request(request);
END;
$body$;
COMMENT ON FUNCTION cron_engine.serve(text, cron_engine.request) IS 'Does what a request asks for, for the caller, and returns it with the answer. For cron_engine.serve_request().';
