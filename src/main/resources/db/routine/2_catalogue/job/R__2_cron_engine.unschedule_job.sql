CREATE OR REPLACE FUNCTION cron_engine.unschedule_job(caller text, job_id bigint)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_username text := (SELECT j.username FROM cron.job j WHERE j.jobid = job_id);
BEGIN
    -- As in pg_cron, an unknown id is not a permission error.
    IF v_username IS NULL THEN
        RAISE EXCEPTION 'could not find valid entry for job %', job_id USING ERRCODE = 'no_data_found';
    ELSIF v_username <> caller AND NOT cron_engine.is_administrator(caller) THEN
        RAISE EXCEPTION 'permission denied for table job' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM cron.job j WHERE j.jobid = job_id;
    RETURN true;
END;
$body$;
COMMENT ON FUNCTION cron_engine.unschedule_job(text, bigint) IS 'Removes a job of the caller''s, or for an administrator anybody''s.';

CREATE OR REPLACE FUNCTION cron_engine.unschedule_job(caller text, job_name text)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    DELETE FROM cron.job j WHERE j.jobname = job_name AND j.username = caller;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'could not find valid entry for job ''%''', job_name USING ERRCODE = 'no_data_found';
    END IF;
    RETURN true;
END;
$body$;
COMMENT ON FUNCTION cron_engine.unschedule_job(text, text) IS 'Removes the caller''s job of this name.';
