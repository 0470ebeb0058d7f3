CREATE OR REPLACE FUNCTION cron_engine.run_job(caller text, job_id bigint, note text)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.require_bounds(NULL, NULL, note);
    PERFORM cron_engine.require_own(caller, (SELECT j.username FROM cron.job j WHERE j.jobid = job_id), format('Job %s', job_id));
    RETURN cron_engine.enqueue(job_id, 'manual', 1, NULL, concat_ws(': ', 'asked for by ' || caller, note), NULL, clock_timestamp());
END;
$body$;
COMMENT ON FUNCTION cron_engine.run_job(text, bigint, text) IS 'Queues one run of a job for the caller. Returns its runid.';
