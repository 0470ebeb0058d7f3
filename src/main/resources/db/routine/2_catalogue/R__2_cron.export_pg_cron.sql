CREATE OR REPLACE FUNCTION cron.export_pg_cron()
RETURNS SETOF text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT CASE WHEN j.schedule ~ '^\s*@(every|at|after)'
                THEN format('-- pg_cron has no schedule like that of job %s: %L, %L', j.jobid, j.schedule, j.command)
                WHEN j.jobname IS NOT NULL
                THEN format('SELECT cron.schedule_in_database(%L, %L, %L, %L, %L, %L);',
                            j.jobname, j.schedule, j.command, j.database, j.username, j.active)
                ELSE format('SELECT cron.alter_job(cron.schedule(%L, %L), database => %L, username => %L, active => %L);',
                            j.schedule, j.command, j.database, j.username, j.active) END
      FROM cron.job j
     ORDER BY j.jobid
$body$;
COMMENT ON FUNCTION cron.export_pg_cron() IS
    'The jobs that the caller may see as statements for pg_cron, one a row, to be run there by a superuser. What pg_cron does not know is left out: attributes, and schedules that begin with @every, @at or @after, which become comments.';
