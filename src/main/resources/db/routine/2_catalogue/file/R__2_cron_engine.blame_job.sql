CREATE OR REPLACE FUNCTION cron_engine.blame_job(plan cron_engine.planned_job[], manager text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_one        cron_engine.planned_job;
    v_detail     text;
    v_hint       text;
    v_constraint text;
    v_column     text;
    v_message    text;
BEGIN
    FOREACH v_one IN ARRAY plan LOOP
        PERFORM cron_engine.write_jobs(ARRAY[v_one], manager);
    END LOOP;
EXCEPTION WHEN data_exception OR integrity_constraint_violation OR undefined_object OR invalid_catalog_name OR insufficient_privilege
               OR invalid_authorization_specification OR program_limit_exceeded THEN
    GET STACKED DIAGNOSTICS v_detail = PG_EXCEPTION_DETAIL, v_hint = PG_EXCEPTION_HINT, v_constraint = CONSTRAINT_NAME, v_column = COLUMN_NAME;
    v_message := SQLERRM;
    IF SQLSTATE = '23514' THEN
        -- The row is not shown.
        v_column := coalesce(substring(v_constraint FROM '^(?:job_options|job)_(.+)_check$'), '');
        v_message := coalesce(nullif(v_column, ''), v_constraint) || ' has a value that is not allowed';
        v_detail := '';
        v_hint := cron_engine.rule_hint(v_constraint);
    END IF;
    RAISE EXCEPTION 'job "%" of role "%": %', coalesce(v_one.jobname, v_one.wanted ->> 'command'), v_one.username, concat_ws(': ', v_message, nullif(v_detail, ''))
        USING ERRCODE = CASE SQLSTATE WHEN '23514' THEN '22023' ELSE SQLSTATE END, COLUMN = v_column,
              HINT = coalesce(nullif(v_hint, ''), 'Correct it in the file. Nothing was changed.');
END;
$body$;
COMMENT ON FUNCTION cron_engine.blame_job(cron_engine.planned_job[], text) IS
    'After a plan has failed: tries its jobs one by one and fails as the first of them does, with its name.';
