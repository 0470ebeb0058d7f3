CREATE OR REPLACE FUNCTION cron_engine.forget_job(job_id bigint)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    -- What waits will not start; what runs goes on and is recorded.
    DELETE FROM cron_engine.due WHERE jobid = $1;
    DELETE FROM cron_engine.timer WHERE jobid = $1;
    WITH waiting AS (
        DELETE FROM cron_engine.queue WHERE jobid = $1 AND pid IS NULL RETURNING runid
    ), kept AS (
        DELETE FROM cron_engine.kept_run k USING waiting w WHERE k.runid = w.runid
    )
    UPDATE cron.job_run_details d
       SET status = 'skipped', end_time = clock_timestamp(), return_message = 'job unscheduled'
      FROM waiting w WHERE d.runid = w.runid;
$body$;
COMMENT ON FUNCTION cron_engine.forget_job(bigint) IS 'Takes a job''s timer and waiting runs away.';
