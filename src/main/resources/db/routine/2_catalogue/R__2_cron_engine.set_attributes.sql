CREATE OR REPLACE FUNCTION cron_engine.set_attributes(
    job_id bigint, timezone text, description text, valid_from timestamptz, valid_until timestamptz, jitter interval, timeout interval,
    max_attempts integer, retry_delay interval, overlap text, catch_up text, start_deadline interval, max_failures integer,
    priority integer, transactional boolean, job_group text, log_level text)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron.job j
       SET timezone = coalesce($2, j.timezone), description = coalesce($3, j.description), valid_from = coalesce($4, j.valid_from),
           valid_until = coalesce($5, j.valid_until), jitter = coalesce($6, j.jitter), timeout = coalesce($7, j.timeout),
           max_attempts = coalesce($8, j.max_attempts), retry_delay = coalesce($9, j.retry_delay), overlap = coalesce($10, j.overlap),
           catch_up = coalesce($11, j.catch_up), start_deadline = coalesce($12, j.start_deadline),
           max_failures = coalesce($13, j.max_failures), priority = coalesce($14, j.priority),
           transactional = coalesce($15, j.transactional), job_group = coalesce($16, j.job_group), log_level = coalesce($17, j.log_level)
     WHERE j.jobid = $1 AND num_nonnulls($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) > 0
$body$;
COMMENT ON FUNCTION cron_engine.set_attributes(bigint, text, text, timestamptz, timestamptz, interval, interval, integer, interval, text, text,
    interval, integer, integer, boolean, text, text) IS 'Sets those attributes of a job that are not NULL.';
