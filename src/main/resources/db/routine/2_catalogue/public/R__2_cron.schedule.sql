CREATE OR REPLACE FUNCTION cron.schedule(schedule text, command text)
RETURNS bigint
LANGUAGE sql STRICT
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request SET routine = 'cron.schedule(text,text)', schedule = $1, command = $2 RETURNING id
$body$;
COMMENT ON FUNCTION cron.schedule(text, text) IS 'schedule a pg_cron job';

CREATE OR REPLACE FUNCTION cron.schedule(job_name text, schedule text, command text)
RETURNS bigint
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request SET routine = 'cron.schedule(text,text,text)', job_name = $1, schedule = $2, command = $3 RETURNING id
$body$;
COMMENT ON FUNCTION cron.schedule(text, text, text) IS 'schedule a pg_cron job';
