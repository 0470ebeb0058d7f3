CREATE OR REPLACE FUNCTION cron_engine.limit_run(runid bigint)
RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
-- As in end_run().
SET lock_timeout = '0'
AS $body$
    UPDATE cron_engine.queue q
       SET statement_timeout = nullif(current_setting('statement_timeout'), '0')::interval
     WHERE q.runid = $1 AND q.pid = pg_backend_pid() AND q.login = SESSION_USER
$body$;
COMMENT ON FUNCTION cron_engine.limit_run(bigint) IS 'Lets the daemon see to the statement_timeout of this session, for the run that it holds.';
