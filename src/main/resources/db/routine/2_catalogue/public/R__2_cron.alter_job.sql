CREATE OR REPLACE FUNCTION cron.alter_job(
    job_id   bigint,
    schedule text    DEFAULT NULL,
    command  text    DEFAULT NULL,
    database text    DEFAULT NULL,
    username text    DEFAULT NULL,
    active   boolean DEFAULT NULL)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request
       SET routine = 'cron.alter_job(bigint,text,text,text,text,boolean)',
           job_id = $1, schedule = $2, command = $3, database = $4, username = $5, active = $6
$body$;
COMMENT ON FUNCTION cron.alter_job(bigint, text, text, text, text, boolean) IS
    'Alter the job identified by job_id. Any option left as NULL will not be modified.';
