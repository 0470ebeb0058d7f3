CREATE OR REPLACE FUNCTION cron.delete_runs(before timestamptz, job_id bigint DEFAULT NULL)
RETURNS bigint
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request SET routine = 'cron.delete_runs(timestamptz,bigint)', before = $1, job_id = $2 RETURNING id
$body$;
COMMENT ON FUNCTION cron.delete_runs(timestamptz, bigint) IS
    'Deletes one''s own runs that ended before a time, or for an administrator everybody''s, those of one job or of all, and returns how many. Retention does so by itself, see cron.settings.keep_runs.';
