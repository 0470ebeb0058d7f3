CREATE OR REPLACE FUNCTION cron.resume_job(job_id bigint, note text DEFAULT NULL)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request SET routine = 'cron.resume_job(bigint,text)', job_id = $1, note = $2
$body$;
COMMENT ON FUNCTION cron.resume_job(bigint, text) IS
    'Activates one''s own job again. The note goes to cron.audit. Unlike cron.alter_job it is open to all. Error P0002 for a job that does not exist or is another''s.';
