CREATE OR REPLACE FUNCTION cron_engine.plan_jobs(caller text, jobs jsonb[], manager text, prune boolean, adopt boolean)
RETURNS SETOF cron_engine.planned_job
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH met AS MATERIALIZED (SELECT m.* FROM cron_engine.meet_jobs(jobs) m)
    SELECT d.action, coalesce(d.jobid, nextval('cron.jobid_seq')), d.job ->> 'username', d.job ->> 'jobname', d.changes,
           CASE d.action
               WHEN 'add' THEN 'is not there yet'
               WHEN 'unchanged' THEN CASE WHEN $3 IS NULL THEN 'is there already' ELSE 'is as the file has it' END
               WHEN 'conflict' THEN CASE WHEN d.manager IS NOT NULL THEN format('is managed by "%s"', d.manager)
                                         ELSE 'is there, differs in ' || cron_engine.column_list(d.changes) || ', and no file manages it' END
               WHEN 'adopt' THEN 'is taken over' || coalesce(' from "' || d.manager || '"', '')
               ELSE cron_engine.change_reason(d.changes, d.applied, d.wanted) END,
           d.wanted
      FROM (SELECT m.*,
                   CASE WHEN m.jobid IS NULL THEN 'add'
                        WHEN m.changes IS NULL AND (m.manager = $3 OR $3 IS NULL) THEN 'unchanged'
                        WHEN m.manager = $3 THEN 'change'
                        WHEN $3 IS NOT NULL AND (adopt OR m.manager IS NULL AND m.changes IS NULL) THEN 'adopt'
                        ELSE 'conflict' END AS action
              FROM met m) d
    UNION ALL
    SELECT CASE WHEN prune THEN 'remove' ELSE 'keep' END, j.jobid, j.username, j.jobname, NULL,
           CASE WHEN prune THEN 'is no longer in the file' ELSE 'is no longer in the file, and stays without prune' END, NULL
      FROM cron_engine.managed_job g JOIN cron.job j USING (jobid)
     WHERE g.manager = $3 AND NOT EXISTS (SELECT FROM met m WHERE m.jobid = j.jobid)
           AND (j.username = caller OR (SELECT cron_engine.is_administrator(caller)) OR j.username IN (SELECT f ->> 'username' FROM unnest(jobs) f))
$body$;
COMMENT ON FUNCTION cron_engine.plan_jobs(text, jsonb[], text, boolean, boolean) IS
    'What it takes to make the jobs what a file says: first its jobs in their order, then those that it has no longer and the caller may act for.';
