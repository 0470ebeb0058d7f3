CREATE OR REPLACE FUNCTION cron_engine.forget_job(job_id bigint)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    DELETE FROM cron_engine.due WHERE jobid = $1;
    DELETE FROM cron_engine.timer WHERE jobid = $1;
    DELETE FROM cron_engine.deactivation WHERE jobid = $1;
    DELETE FROM cron_engine.pause WHERE jobid = $1;
    DELETE FROM cron.job_options WHERE jobid = $1;
    DELETE FROM cron.job_alarms WHERE jobid = $1;
    DELETE FROM cron_engine.managed_job WHERE jobid = $1;
    SELECT cron_engine.skip_waiting_runs($1, 'job unscheduled');
$body$;
COMMENT ON FUNCTION cron_engine.forget_job(bigint) IS 'Takes away what belongs to a job: its timer, its options, what is alarmed on and what waits.';
