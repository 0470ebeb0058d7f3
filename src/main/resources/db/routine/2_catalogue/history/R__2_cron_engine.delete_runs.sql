CREATE OR REPLACE FUNCTION cron_engine.delete_runs(caller text, before timestamptz, job_id bigint)
RETURNS bigint
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    WITH gone AS (
        DELETE FROM cron.job_run_details d
         WHERE d.end_time < $2 AND (job_id IS NULL OR d.jobid = job_id) AND (d.username = caller OR cron_engine.is_administrator(caller))
        RETURNING 1
    )
    SELECT count(*) FROM gone
$body$;
COMMENT ON FUNCTION cron_engine.delete_runs(text, timestamptz, bigint) IS 'Deletes runs that ended before a time: the caller''s, or for an administrator everybody''s. Returns how many.';
