CREATE OR REPLACE FUNCTION cron.run_job(job_id bigint, note text DEFAULT NULL)
RETURNS bigint
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request SET routine = 'cron.run_job(bigint,text)', job_id = $1, note = $2 RETURNING id
$body$;
COMMENT ON FUNCTION cron.run_job(bigint, text) IS 'Queues one run of a job, active or not, and returns its runid. The note goes into the history, behind who asked. Error P0002 for a job that does not exist or is another''s.';
