CREATE OR REPLACE FUNCTION cron_engine.read_jobs(caller text, jobs jsonb)
RETURNS jsonb[]
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_columns text[] := ARRAY(SELECT a.attname::text FROM pg_attribute a
                               WHERE a.attrelid IN ('cron.job'::regclass, 'cron.job_options'::regclass)
                                     AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'jobid');
    v_given   jsonb;
    v_unknown text;
    v_ordinal bigint;
    v_job     jsonb;
    v_jobs    jsonb[] := '{}';
BEGIN
    IF jsonb_typeof(jobs) IS DISTINCT FROM 'array' THEN
        RAISE EXCEPTION 'jobs must be an array' USING ERRCODE = 'invalid_parameter_value', HINT = 'Write [{"jobname": …}, …].';
    ELSIF jsonb_array_length(jobs) > 10000 THEN
        RAISE EXCEPTION 'a file has at most 10000 jobs' USING ERRCODE = 'program_limit_exceeded', HINT = 'Make several files of it.';
    END IF;
    -- One by one, so that an error can say which one it is.
    FOR v_given, v_ordinal IN SELECT e.value, e.ordinality FROM jsonb_array_elements(jobs) WITH ORDINALITY e LOOP
        IF jsonb_typeof(v_given) <> 'object' THEN
            RAISE EXCEPTION 'it is no object' USING ERRCODE = 'invalid_parameter_value';
        END IF;
        SELECT min(k.key) INTO v_unknown FROM jsonb_each(v_given) k
         WHERE k.key <> ALL (v_columns) OR jsonb_typeof(k.value) IN ('array', 'object');
        IF v_unknown IS NOT NULL THEN
            RAISE EXCEPTION '"%" is no column of a job, or not a single value', v_unknown USING ERRCODE = 'invalid_parameter_value';
        END IF;
        -- The types' own texts, so that what is equal reads equal.
        v_job := jsonb_strip_nulls(to_jsonb(jsonb_populate_record(NULL::cron.job, v_given))
                                   || to_jsonb(jsonb_populate_record(NULL::cron.job_options, v_given)));
        v_job := jsonb_build_object('username', caller, 'database', current_database()) || v_job;
        PERFORM cron_engine.required('schedule', v_job ->> 'schedule'), cron_engine.required('command', v_job ->> 'command');
        v_jobs := v_jobs || v_job;
    END LOOP;
    v_ordinal := NULL;
    PERFORM cron_engine.refuse_twins(v_jobs);
    RETURN v_jobs;
EXCEPTION WHEN data_exception OR null_value_not_allowed THEN
    IF v_ordinal IS NULL THEN
        RAISE;
    END IF;
    RAISE EXCEPTION 'job % (%): %', v_ordinal, coalesce(v_given ->> 'jobname', 'without a name'), SQLERRM
        USING ERRCODE = SQLSTATE, HINT = 'Jobs are counted from 1. Their columns are ' || array_to_string(v_columns, ', ') || '.';
END;
$body$;
COMMENT ON FUNCTION cron_engine.read_jobs(text, jsonb) IS
    'The jobs of a file, each checked for what it has and its values written as the columns'' types write them. Owner and database are filled in.';
