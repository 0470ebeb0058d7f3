CREATE OR REPLACE FUNCTION cron_engine.serve_request()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_detail     text;
    v_hint       text;
    v_constraint text;
    v_column     text;
BEGIN
    -- Who may not call the function may not go round it either; and on a view of somebody else's, OLD would be what he likes.
    IF TG_RELID <> 'cron_engine.request'::regclass OR NOT has_schema_privilege(OLD.caller, 'cron', 'USAGE')
       OR NOT has_function_privilege(OLD.caller, NEW.routine, 'EXECUTE') THEN
        RAISE EXCEPTION 'permission denied for function %', NEW.routine USING ERRCODE = 'insufficient_privilege';
    END IF;
    CASE NEW.routine
        WHEN 'cron.schedule(text,text)'::regprocedure THEN
            NEW.id := cron_engine.schedule_job(OLD.caller, NULL, NEW.schedule, NEW.command, NULL, NULL, NULL);
        WHEN 'cron.schedule(text,text,text)'::regprocedure THEN
            NEW.id := cron_engine.schedule_job(OLD.caller, cron_engine.required('job_name', NEW.job_name), NEW.schedule, NEW.command, NULL, NULL, NULL);
        WHEN 'cron.schedule_in_database(text,text,text,text,text,boolean)'::regprocedure THEN
            NEW.id := cron_engine.schedule_job(OLD.caller, cron_engine.required('job_name', NEW.job_name), NEW.schedule, NEW.command, NEW.database, NEW.username, NEW.active);
        WHEN 'cron.alter_job(bigint,text,text,text,text,boolean)'::regprocedure THEN
            NEW.done := cron_engine.alter_job(OLD.caller, NEW.job_id, NEW.schedule, NEW.command, NEW.database, NEW.username, NEW.active);
        WHEN 'cron.pause_job(bigint)'::regprocedure, 'cron.resume_job(bigint)'::regprocedure THEN
            NEW.done := cron_engine.alter_job(OLD.caller, NEW.job_id, NULL, NULL, NULL, NULL, NEW.routine = 'cron.resume_job(bigint)'::regprocedure);
        WHEN 'cron.unschedule(bigint)'::regprocedure THEN NEW.done := cron_engine.unschedule_job(OLD.caller, NEW.job_id);
        WHEN 'cron.unschedule(text)'::regprocedure THEN NEW.done := cron_engine.unschedule_job(OLD.caller, NEW.job_name);
        WHEN 'cron.run_job(bigint,text)'::regprocedure THEN NEW.id := cron_engine.run_job(OLD.caller, NEW.job_id, NEW.note);
        WHEN 'cron.run_once(text,text,text,interval,boolean,text)'::regprocedure THEN
            NEW.id := cron_engine.run_once(OLD.caller, NEW.command, NEW.database, NEW.username, NEW.timeout, NEW.transactional, NEW.note);
        WHEN 'cron.rerun(bigint,text)'::regprocedure THEN NEW.id := cron_engine.rerun(OLD.caller, NEW.runid, NEW.note);
        WHEN 'cron.cancel(bigint,text)'::regprocedure THEN NEW.done := cron_engine.cancel_run(OLD.caller, NEW.runid, NEW.note);
        WHEN 'cron.delete_runs(timestamptz,bigint)'::regprocedure THEN NEW.id := cron_engine.delete_runs(OLD.caller, NEW.before, NEW.job_id);
        WHEN 'cron.add_login(text,text,text)'::regprocedure THEN NEW.done := cron_engine.add_login(OLD.caller, NEW.username, NEW.password, NEW.via);
        WHEN 'cron.drop_login(text)'::regprocedure THEN NEW.done := cron_engine.drop_login(OLD.caller, NEW.username);
        WHEN 'cron.parallel(text[],integer,interval)'::regprocedure THEN NEW.runs := cron_engine.parallel(OLD.caller, NEW.commands, NEW.max_sessions, NEW.timeout);
        WHEN 'cron.apply_jobs(jsonb,text,boolean,boolean,boolean)'::regprocedure THEN
            NEW.plan := cron_engine.apply_jobs(OLD.caller, NEW.jobs, NEW.manager, NEW.prune, NEW.adopt, NEW.dry_run);
    END CASE;
    RETURN NEW;
EXCEPTION WHEN OTHERS THEN
    -- Raised again, as the context would list the engine's functions one below the other. What is absent must stay so, and a row is not shown.
    GET STACKED DIAGNOSTICS v_detail = PG_EXCEPTION_DETAIL, v_hint = PG_EXCEPTION_HINT, v_constraint = CONSTRAINT_NAME,
                            v_column = COLUMN_NAME;
    IF NEW.password IS NOT NULL THEN
        PERFORM cron_engine.hide_statement();
    END IF;
    IF SQLSTATE = '23514' THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, CONSTRAINT = v_constraint, HINT = cron_engine.rule_hint(v_constraint);
    ELSIF v_detail = '' AND v_hint = '' THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, COLUMN = v_column;
    ELSIF v_hint = '' THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, COLUMN = v_column, DETAIL = v_detail;
    ELSIF v_detail = '' THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, COLUMN = v_column, HINT = v_hint;
    END IF;
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, COLUMN = v_column, DETAIL = v_detail, HINT = v_hint;
END;
$body$;
COMMENT ON FUNCTION cron_engine.serve_request() IS 'Does what cron_engine.request asks for, with the rights of the engine''s owner and for the role that asks.';

CREATE OR REPLACE TRIGGER serve_request INSTEAD OF UPDATE ON cron_engine.request
    FOR EACH ROW EXECUTE FUNCTION cron_engine.serve_request();
