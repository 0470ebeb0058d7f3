CREATE OR REPLACE FUNCTION cron.pause_job(job_id bigint, note text DEFAULT NULL)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request SET routine = 'cron.pause_job(bigint,text)', job_id = $1, note = $2
$body$;
COMMENT ON FUNCTION cron.pause_job(bigint, text) IS
    'Deactivates one''s own job: it does not fire, and what waits is skipped. The note says why, beside who, in cron.job_details and cron.audit. Unlike cron.alter_job it is open to all. Error P0002 for a job that does not exist or is another''s.';
