CREATE OR REPLACE FUNCTION cron_engine.enqueue(
    job_id bigint, trigger text, attempt integer, origin_runid bigint, note text, not_before timestamptz, now timestamptz)
RETURNS bigint
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.queue_run(e, $2, $3, $4, $5, $6, $7) FROM cron_engine.effective_job e WHERE e.jobid = job_id
$body$;
COMMENT ON FUNCTION cron_engine.enqueue(bigint, text, integer, bigint, text, timestamptz, timestamptz) IS
    'Queues one run of a job outside its schedule: by hand, as a retry, after another job. Returns its runid.';
