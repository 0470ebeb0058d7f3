CREATE OR REPLACE FUNCTION cron.export_pg_cron()
RETURNS SETOF text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT CASE WHEN j.schedule ~ $re$^([ \t]*(#[^\n]*)?\n)*[ \t]*@(every|at|after)$re$
                -- A comment ends with its line: what follows a line break in a job's text would be executed.
                THEN regexp_replace(format('-- pg_cron has no schedule like that of job %s: %L, %L', j.jobid, j.schedule, j.command),
                                    $re$[\n\r]+$re$, ' ', 'g')
                WHEN j.jobname IS NOT NULL
                THEN format('SELECT cron.schedule_in_database(%L, %L, %L, %L, %L, %L);%s',
                            j.jobname, j.schedule, j.command, j.database, j.username, j.active,
                            n.move || format(' WHERE (jobname, username) = (%L, %L);', j.jobname, j.username))
                ELSE format('SELECT cron.alter_job(cron.schedule(%L, %L), database => %L, username => %L, active => %L);%s',
                            j.schedule, j.command, j.database, j.username, j.active,
                            n.move || ' WHERE jobid = currval(''cron.jobid_seq'');') END
      FROM cron.job j
     -- pg_cron's functions make jobs of the own server; another one has to be written into the row.
     CROSS JOIN LATERAL (SELECT CASE WHEN lower(j.nodename) NOT IN ('', 'localhost', '127.0.0.1', '::1')
                                          OR j.nodeport <> current_setting('port')::integer
                                     THEN format(' UPDATE cron.job SET nodename = %L, nodeport = %s', j.nodename, j.nodeport) END) n (move)
     ORDER BY j.jobid
$body$;
COMMENT ON FUNCTION cron.export_pg_cron() IS
    'The jobs that the caller may see as statements for pg_cron, one job a row, to be run there by a superuser. What pg_cron does not know is left out: attributes, and schedules that begin with @every, @at or @after, which become comments.';
