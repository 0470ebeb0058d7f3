CREATE OR REPLACE FUNCTION cron_engine.apply_jobs(caller text, jobs jsonb, manager text, prune boolean, adopt boolean, dry_run boolean)
RETURNS cron_engine.planned_job[]
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- Of an interval there is one text, and of a time, whoever calls.
SET intervalstyle = 'iso_8601'
SET timezone = 'UTC'
AS $body$
DECLARE
    v_jobs      jsonb[] := cron_engine.read_jobs(caller, jobs);
    v_plan      cron_engine.planned_job[];
    v_conflicts text[];
BEGIN
    IF manager = '' OR char_length(manager) > 200 THEN
        RAISE EXCEPTION 'manager must not be empty, and have at most 200 characters'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Name the file whose jobs these are.', COLUMN = 'manager';
    END IF;
    PERFORM cron_engine.require_may_act_for(caller, o.username, format('must be superuser to apply jobs of role "%s"', o.username))
       FROM (SELECT DISTINCT j ->> 'username' AS username FROM unnest(v_jobs) j) o;
    -- One after the other. It keeps nobody else waiting, not even who unschedules a job.
    LOCK TABLE cron_engine.managed_job IN SHARE UPDATE EXCLUSIVE MODE;
    v_plan := ARRAY(SELECT p FROM cron_engine.plan_jobs(caller, v_jobs, manager, coalesce(prune, false), coalesce(adopt, false)) p);
    v_conflicts := ARRAY(SELECT format('Job %s of role "%s" %s.', coalesce('"' || p.jobname || '"', 'without a name'), p.username, p.reason) FROM unnest(v_plan) p WHERE p.action = 'conflict');
    IF v_conflicts <> '{}' AND NOT coalesce(dry_run, false) THEN
        RAISE EXCEPTION 'jobs that are there are in the way of % of the file''s', cardinality(v_conflicts)
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  DETAIL = array_to_string(v_conflicts[1:10], ' ') || CASE WHEN cardinality(v_conflicts) > 10 THEN ' …' ELSE '' END,
                  HINT = 'A dry run shows them all. Adopt them, or give the file''s other names.';
    END IF;
    BEGIN
        PERFORM cron_engine.write_jobs(v_plan, manager);
        IF dry_run THEN
            RAISE EXCEPTION 'undone' USING ERRCODE = 'CL001';
        END IF;
    EXCEPTION
        WHEN SQLSTATE 'CL001' THEN
            v_plan := ARRAY(SELECT (p.action, CASE WHEN p.action <> 'add' THEN p.jobid END, p.username, p.jobname, p.changes, p.reason,
                                    p.wanted)::cron_engine.planned_job FROM unnest(v_plan) p);
        WHEN data_exception OR integrity_constraint_violation OR undefined_object OR invalid_catalog_name OR insufficient_privilege
             OR invalid_authorization_specification OR program_limit_exceeded THEN
            PERFORM cron_engine.blame_job(v_plan, manager);
            RAISE;
    END;
    RETURN v_plan;
END;
$body$;
COMMENT ON FUNCTION cron_engine.apply_jobs(text, jsonb, text, boolean, boolean, boolean) IS
    'Makes the jobs what a file says, for the caller; see cron.apply_jobs().';
