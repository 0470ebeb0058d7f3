CREATE OR REPLACE FUNCTION cron.cancel(runid bigint, note text DEFAULT NULL)
RETURNS boolean
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request SET routine = 'cron.cancel(bigint,text)', runid = $1, note = $2 RETURNING done
$body$;
COMMENT ON FUNCTION cron.cancel(bigint, text) IS 'Stops a run: one that waits at once, one that runs within two seconds. The note goes into the history, behind who asked. False: it had ended already. Errors: P0002 for a run that does not exist or is another''s, 55000 for the moments after a crash of the server.';
