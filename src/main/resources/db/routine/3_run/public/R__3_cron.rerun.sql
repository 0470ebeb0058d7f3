CREATE OR REPLACE FUNCTION cron.rerun(runid bigint, note text DEFAULT NULL)
RETURNS bigint
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request SET routine = 'cron.rerun(bigint,text)', runid = $1, note = $2 RETURNING id
$body$;
COMMENT ON FUNCTION cron.rerun(bigint, text) IS
    'Runs the command of a past run again, and returns the new runid; its origin_runid is the past one. Error P0002 for a run that does not exist or is another''s.';
