CREATE OR REPLACE FUNCTION cron_engine.job_of(step text, item text)
RETURNS bigint
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT CASE WHEN step LIKE '% run' THEN (SELECT d.jobid FROM cron.job_run_details d WHERE d.runid = item::bigint)
                WHEN step LIKE '% job' OR step LIKE '% timer' THEN item::bigint END
$body$;
COMMENT ON FUNCTION cron_engine.job_of(text, text) IS 'The job that an item of a step of the daemon belongs to: items are runs, jobs and timers, as the step''s name says; NULL: none.';
