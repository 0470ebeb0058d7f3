CREATE OR REPLACE FUNCTION cron_engine.take_job_along(only_jobid bigint, new_host text, new_port integer)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    -- By what cron_engine.home still says. Names that are home everywhere stay as they were written.
    UPDATE cron.job j
       SET database = CASE WHEN j.database = h.database THEN current_database() ELSE j.database END,
           nodename = CASE WHEN lower(j.nodename) = ANY (o.hosts) THEN j.nodename ELSE 'localhost' END,
           nodeport = CASE WHEN j.nodeport = ANY (o.ports) THEN j.nodeport ELSE current_setting('port')::integer END
      FROM cron_engine.home h
     CROSS JOIN (SELECT array_remove(ARRAY['', 'localhost', '127.0.0.1', '::1', lower(new_host)], NULL) AS hosts,
                        array_remove(ARRAY[current_setting('port')::integer, new_port], NULL) AS ports) o
     WHERE (only_jobid IS NULL OR j.jobid = only_jobid)
           AND cron_engine.is_home(j.nodename, j.nodeport)
           AND (j.database = h.database AND h.database <> current_database()
                OR lower(j.nodename) <> ALL (o.hosts) OR j.nodeport <> ALL (o.ports))
$body$;
COMMENT ON FUNCTION cron_engine.take_job_along(bigint, text, integer) IS 'What cron_engine.take_jobs_along() does, for one job, or for all of them if it is NULL.';
