CREATE OR REPLACE FUNCTION cron.schedule_in_database(
    job_name text, schedule text, command text, database text, username text DEFAULT NULL::text, active boolean DEFAULT true)
RETURNS bigint
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request
       SET routine = 'cron.schedule_in_database(text,text,text,text,text,boolean)',
           job_name = $1, schedule = $2, command = $3, database = $4, username = $5, active = $6
    RETURNING id
$body$;
COMMENT ON FUNCTION cron.schedule_in_database(text, text, text, text, text, boolean) IS 'schedule a pg_cron job';
