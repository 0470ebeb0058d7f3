CREATE OR REPLACE FUNCTION cron_engine.rerun(caller text, runid bigint, note text)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.require_bounds(NULL, NULL, note);
    PERFORM cron_engine.require_own(caller, (SELECT d.username FROM cron.job_run_details d WHERE d.runid = $2), format('Run %s', $2));
    RETURN cron_engine.queue_run(cron_engine.job_of_run(runid), trigger => 'manual', attempt => 1, origin_runid => runid,
                                 note => concat_ws(': ', 'asked for by ' || caller, note), not_before => NULL, now => clock_timestamp());
END;
$body$;
COMMENT ON FUNCTION cron_engine.rerun(text, bigint, text) IS 'Queues the command of a past run again for the caller. Returns the new runid.';
