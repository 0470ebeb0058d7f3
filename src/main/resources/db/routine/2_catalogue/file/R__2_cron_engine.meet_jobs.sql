CREATE OR REPLACE FUNCTION cron_engine.meet_jobs(jobs jsonb[])
RETURNS TABLE (ordinal bigint, job jsonb, jobid bigint, manager text, applied jsonb, wanted jsonb, changes jsonb)
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH file AS (
        SELECT f.ordinal, f.job, f.job ->> 'username' AS username, f.job ->> 'jobname' AS jobname,
               -- Of jobs without a name there may be several that are alike.
               row_number() OVER (PARTITION BY NOT f.job ? 'jobname', f.job -> 'username', f.job -> 'schedule', f.job -> 'command', f.job -> 'database'
                                  ORDER BY f.ordinal) AS twin
          FROM unnest(jobs) WITH ORDINALITY f (job, ordinal)
    ), nameless AS (
        SELECT j.jobid, j.username, j.schedule, j.command, j.database,
               row_number() OVER (PARTITION BY j.username, j.schedule, j.command, j.database ORDER BY j.jobid) AS twin
          FROM cron.job j
         WHERE j.jobname IS NULL AND EXISTS (SELECT FROM file f WHERE f.jobname IS NULL AND f.username = j.username)
    )
    SELECT f.ordinal, f.job, p.jobid, g.manager, g.applied, w.wanted,
           -- Read as columns only if they are not the same as texts.
           CASE WHEN p.jobid IS NOT NULL AND p.job <> w.wanted THEN cron_engine.changed_columns(p.job, w.wanted) END
      FROM file f
      LEFT JOIN nameless n ON f.jobname IS NULL AND (n.username, n.schedule, n.command, n.database, n.twin)
                              = (f.username, f.job ->> 'schedule', f.job ->> 'command', f.job ->> 'database', f.twin)
      LEFT JOIN cron.job j ON (j.jobname, j.username) = (f.jobname, f.username)
      LEFT JOIN LATERAL cron_engine.present_job(coalesce(j.jobid, n.jobid)) p ON true
      LEFT JOIN cron_engine.managed_job g ON g.jobid = p.jobid
     -- Nobody's address is the own server's, by whatever name, and whether it is active is the operator's.
     CROSS JOIN LATERAL (SELECT cron_engine.home_address() || jsonb_build_object('active', true)
                                || CASE WHEN p.is_home AND NOT f.job ?| '{nodename,nodeport}' THEN p.address ELSE '{}' END
                                || CASE WHEN p.jobid IS NOT NULL THEN jsonb_build_object('active', p.job -> 'active') ELSE '{}' END
                                || f.job) w (wanted)
     ORDER BY f.ordinal
$body$;
COMMENT ON FUNCTION cron_engine.meet_jobs(jsonb[]) IS
    'The jobs of a file beside those that are there: by owner and name, or without a name by owner, schedule, command and database.';
