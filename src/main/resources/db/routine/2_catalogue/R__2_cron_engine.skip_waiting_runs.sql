CREATE OR REPLACE FUNCTION cron_engine.skip_waiting_runs(job_id bigint, reason text)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH waiting AS (
        DELETE FROM cron_engine.queue WHERE jobid = $1 AND pid IS NULL RETURNING runid
    ), kept AS (
        DELETE FROM cron_engine.kept_run k USING waiting w WHERE k.runid = w.runid
    )
    UPDATE cron.job_run_details d
       SET status = 'skipped', start_time = clock_timestamp(), end_time = clock_timestamp(), return_message = reason
      FROM waiting w WHERE d.runid = w.runid;
$body$;
COMMENT ON FUNCTION cron_engine.skip_waiting_runs(bigint, text) IS 'Skips what waits of a job, its retries too; what runs goes on and is recorded.';
