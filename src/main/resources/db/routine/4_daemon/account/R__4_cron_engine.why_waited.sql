CREATE OR REPLACE FUNCTION cron_engine.why_waited(run_id bigint)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT 'meanwhile there ran ' || string_agg(m.ran, ', ' ORDER BY m.start_time)
      FROM (SELECT d.start_time,
                   CASE WHEN d.username = w.username THEN format('run %s of job %s from %s', d.runid, d.jobid, date_trunc('second', d.start_time)
                                                                 || coalesce(' to ' || date_trunc('second', d.end_time), ' on'))
                        ELSE 'a run of another role' END || CASE WHEN d.jobid <> w.jobid THEN format(', of group "%s"', o.job_group) ELSE '' END AS ran
              FROM cron.job_run_details w
              LEFT JOIN cron.job_options o ON o.jobid = w.jobid
             CROSS JOIN LATERAL (
                   SELECT w.jobid
                    UNION
                   SELECT g.jobid FROM cron.job_options g JOIN cron.job j USING (jobid)
                    WHERE g.job_group = o.job_group
                      AND (j.username = w.username OR EXISTS (SELECT FROM cron.job_group c WHERE c.name = o.job_group))) p
             CROSS JOIN LATERAL (
                   SELECT r.runid, r.jobid, r.username, r.start_time, r.end_time
                     FROM cron.job_run_details r
                    WHERE r.jobid BETWEEN p.jobid AND p.jobid AND r.runid < w.runid AND r.status <> 'skipped'
                    ORDER BY r.jobid DESC, r.runid DESC LIMIT 1) d
             WHERE w.runid = run_id AND d.start_time < w.end_time AND coalesce(d.end_time, 'infinity') > w.queued_time
             ORDER BY d.start_time LIMIT 5) m
$body$;
COMMENT ON FUNCTION cron_engine.why_waited(bigint) IS
    'What ran of the job and of its group while a run waited that never started, five at most; NULL: nothing. Of other roles only that it did. The group is that of now.';
