CREATE OR REPLACE FUNCTION cron.unschedule(job_id bigint)
RETURNS boolean
LANGUAGE plpgsql STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_username text;
BEGIN
    SELECT j.username INTO v_username FROM cron.job j WHERE j.jobid = job_id;
    -- As in pg_cron, an unknown id is not a permission error.
    IF NOT FOUND THEN
        RAISE EXCEPTION 'could not find valid entry for job %', job_id USING ERRCODE = 'no_data_found';
    END IF;
    IF v_username <> cron_engine.caller() AND NOT has_table_privilege(cron_engine.caller(), 'cron.job', 'DELETE') THEN
        RAISE EXCEPTION 'permission denied for table job' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM cron.job j WHERE j.jobid = job_id;
    RETURN true;
END;
$body$;
COMMENT ON FUNCTION cron.unschedule(bigint) IS 'unschedule a pg_cron job';

CREATE OR REPLACE FUNCTION cron.unschedule(job_name text)
RETURNS boolean
LANGUAGE plpgsql STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    DELETE FROM cron.job j WHERE j.jobname = job_name AND j.username = cron_engine.caller();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'could not find valid entry for job ''%''', job_name USING ERRCODE = 'no_data_found';
    END IF;
    RETURN true;
END;
$body$;
COMMENT ON FUNCTION cron.unschedule(text) IS 'unschedule a pg_cron job';
