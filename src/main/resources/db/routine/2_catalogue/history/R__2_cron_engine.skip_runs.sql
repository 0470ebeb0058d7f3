CREATE OR REPLACE FUNCTION cron_engine.skip_runs(runids bigint[], reason text, now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    -- The queue first: a worker that has just claimed one goes on with it.
    WITH gone AS (
        DELETE FROM cron_engine.queue q WHERE q.runid = ANY ($1) AND q.pid IS NULL RETURNING q.runid, q.jobid, q.username, q.job_group
    ), kept AS (
        DELETE FROM cron_engine.saved_run k WHERE k.runid = ANY (ARRAY(SELECT g.runid FROM gone g))
    ), recorded AS (
        UPDATE cron.job_run_details d SET status = 'skipped', return_message = reason, start_time = now, end_time = now
         WHERE d.runid = ANY (ARRAY(SELECT g.runid FROM gone g))
    )
    INSERT INTO cron_engine.ended_run (runid, jobid, status, username, job_group)
    SELECT g.runid, g.jobid, 'skipped', CASE WHEN g.job_group IS NOT NULL THEN g.username END, g.job_group FROM gone g
$body$;
COMMENT ON FUNCTION cron_engine.skip_runs(bigint[], text, timestamptz) IS 'Skips those of the given runs that wait, and records why. The daemon locks them, and their rows in the history, beforehand.';
