CREATE OR REPLACE FUNCTION cron.run_once(
    command text, database text DEFAULT NULL, username text DEFAULT NULL, timeout interval DEFAULT NULL, transactional boolean DEFAULT NULL,
    note text DEFAULT NULL)
RETURNS bigint
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request
       SET routine = 'cron.run_once(text,text,text,interval,boolean,text)',
           command = $1, database = $2, username = $3, timeout = $4, transactional = $5, note = $6
    RETURNING id
$body$;
COMMENT ON FUNCTION cron.run_once(text, text, text, interval, boolean, text) IS
    'Runs a command once, now, without a job, and returns its runid; the run is recorded with jobid NULL. It runs as the caller or, where that is allowed, as username, in the given database or this one; timeout (more than 0) and transactional as in cron.job_options. Errors as in cron.schedule_in_database().';
