CREATE OR REPLACE FUNCTION cron.run_job(job_id bigint, note text DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.require_own((SELECT j.username FROM cron.job j WHERE j.jobid = job_id), format('Job %s', job_id));
    RETURN cron_engine.enqueue(job_id, 'manual', 1, NULL, concat_ws(': ', 'asked for by ' || cron_engine.caller(), note), NULL,
                               clock_timestamp());
END;
$body$;
COMMENT ON FUNCTION cron.run_job(bigint, text) IS 'Queues one run of a job, active or not, and returns its runid. The note goes into the history, behind who asked. Error P0002 for a job that does not exist or is another''s.';
