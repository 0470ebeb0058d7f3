CREATE OR REPLACE FUNCTION cron_engine.require_alter_job(job_id bigint, new_username text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF job_id IS NULL THEN
        RAISE EXCEPTION 'job_id can not be NULL' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT EXISTS (SELECT FROM cron.job j
                    WHERE j.jobid = job_id
                      AND (j.username = cron_engine.caller() OR has_table_privilege(cron_engine.caller(), 'cron.job', 'UPDATE'))) THEN
        RAISE EXCEPTION 'Job % does not exist or you don''t own it', job_id USING ERRCODE = 'no_data_found';
    END IF;
    IF new_username IS NOT NULL AND NOT cron_engine.may_schedule_for(new_username) THEN
        PERFORM cron_engine.validate_role(new_username);
        RAISE EXCEPTION 'must be superuser to alter username'
            USING ERRCODE = 'insufficient_privilege', HINT = format('Become a member of role %I.', new_username);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_alter_job(bigint, text) IS 'Refuses callers who may not change the job, in pg_cron''s words.';
