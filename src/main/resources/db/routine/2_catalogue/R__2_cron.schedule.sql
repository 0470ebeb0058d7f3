CREATE OR REPLACE FUNCTION cron_engine.require_job_text(job_name text, schedule text, command text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF job_name IS NULL THEN
        RAISE EXCEPTION 'job_name can not be NULL' USING ERRCODE = 'null_value_not_allowed';
    ELSIF schedule IS NULL THEN
        RAISE EXCEPTION 'schedule can not be NULL' USING ERRCODE = 'null_value_not_allowed';
    ELSIF command IS NULL THEN
        RAISE EXCEPTION 'command can not be NULL' USING ERRCODE = 'null_value_not_allowed';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_job_text(text, text, text) IS 'Refuses NULL, in pg_cron''s words.';

CREATE OR REPLACE FUNCTION cron.schedule(schedule text, command text)
RETURNS bigint
LANGUAGE plpgsql STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_jobid bigint;
BEGIN
    INSERT INTO cron.job AS j (schedule, command, username)
    VALUES ($1, $2, cron_engine.caller())
    RETURNING j.jobid INTO v_jobid;
    RETURN v_jobid;
END;
$body$;
COMMENT ON FUNCTION cron.schedule(text, text) IS 'schedule a pg_cron job';

CREATE OR REPLACE FUNCTION cron.schedule(job_name text, schedule text, command text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_jobid bigint;
BEGIN
    PERFORM cron_engine.require_job_text(job_name, schedule, command);
    -- As in pg_cron, a name that is taken keeps its active, nodename and nodeport, and costs one value of the sequence.
    INSERT INTO cron.job AS j (jobname, schedule, command, username)
    VALUES ($1, $2, $3, cron_engine.caller())
    ON CONFLICT ON CONSTRAINT jobname_username_uniq DO UPDATE
    SET schedule = EXCLUDED.schedule, command = EXCLUDED.command, database = EXCLUDED.database
    RETURNING j.jobid INTO v_jobid;
    RETURN v_jobid;
END;
$body$;
COMMENT ON FUNCTION cron.schedule(text, text, text) IS 'schedule a pg_cron job';
