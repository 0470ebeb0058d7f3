CREATE OR REPLACE FUNCTION cron.apply_jobs(
    jobs jsonb, manager text DEFAULT NULL, prune boolean DEFAULT false, adopt boolean DEFAULT false, dry_run boolean DEFAULT false)
RETURNS TABLE (action text, jobid bigint, username text, jobname text, changes jsonb, reason text)
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH done AS (
        UPDATE cron_engine.request
           SET routine = 'cron.apply_jobs(jsonb,text,boolean,boolean,boolean)', jobs = $1, manager = $2, prune = $3, adopt = $4, dry_run = $5
        RETURNING plan
    )
    SELECT p.action, p.jobid, p.username, p.jobname, p.changes, p.reason
      FROM done CROSS JOIN LATERAL unnest(done.plan) WITH ORDINALITY p (action, jobid, username, jobname, changes, reason, wanted, ordinal)
     ORDER BY p.ordinal
$body$;
COMMENT ON FUNCTION cron.apply_jobs(jsonb, text, boolean, boolean, boolean) IS
    'Makes the jobs what a file says, all or none, and returns what that took. jobs: an array of objects whose keys are columns of cron.job (without jobid) and cron.job_options; schedule and command are required, username is the caller''s unless given, what is not given is the default, and active stays as it is. manager: the name of the file; NULL: jobs are made that no file manages. prune: removes what this file manages and no longer has. adopt: takes over jobs that are there, and differ or are another file''s. dry_run: tries it all and undoes it. Actions: add, change, unchanged, adopt, remove, keep (no longer in the file, and prune is off), conflict (only with dry_run: otherwise error 55000). changes: {column: [before, after]}. Like cron.alter_job not for everybody: who calls it has to be able to act for each owner. Other errors: those of cron.schedule and cron.set_options with the job''s name, 22023 for what is no array of jobs, 54000 for more than 10,000.';
