CREATE OR REPLACE FUNCTION cron.export_jobs(username text DEFAULT NULL, jobname text DEFAULT NULL)
RETURNS SETOF jsonb
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
SET row_security = on
SET intervalstyle = 'iso_8601'
SET timezone = 'UTC'
AS $body$
    SELECT jsonb_strip_nulls(
               (to_jsonb(j) || coalesce(to_jsonb(o), '{}')
                -- What the scheduler has deactivated nobody has paused.
                || jsonb_build_object('active', CASE WHEN NOT j.active AND d.deactivated_reason IS NULL THEN false END,
                                      'database', nullif(j.database, current_database()))
                || CASE WHEN cron_engine.is_home(j.nodename, j.nodeport) THEN '{"nodename": null, "nodeport": null}' ELSE '{}'::jsonb END) - 'jobid')
      FROM cron.job j
      JOIN cron.job_details d USING (jobid)
      LEFT JOIN cron.job_options o USING (jobid)
     WHERE ($1 IS NULL OR j.username = $1) AND ($2 IS NULL OR j.jobname = $2)
     ORDER BY j.jobid
$body$;
COMMENT ON FUNCTION cron.export_jobs(text, text) IS
    'The jobs that the caller may see, of one owner or of one name if given, as cron.apply_jobs() takes them: applied again they change nothing. What is the default is left out, and so is active unless somebody has paused the job. Times are UTC, durations ISO 8601.';
