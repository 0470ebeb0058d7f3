CREATE OR REPLACE FUNCTION cron.set_options(
    job_id         bigint,
    timezone       text        DEFAULT NULL,
    description    text        DEFAULT NULL,
    valid_from     timestamptz DEFAULT NULL,
    valid_until    timestamptz DEFAULT NULL,
    jitter         interval    DEFAULT NULL,
    timeout        interval    DEFAULT NULL,
    max_attempts   integer     DEFAULT NULL,
    retry_delay    interval    DEFAULT NULL,
    overlap        text        DEFAULT NULL,
    catch_up       text        DEFAULT NULL,
    start_deadline interval    DEFAULT NULL,
    max_failures   integer     DEFAULT NULL,
    priority       integer     DEFAULT NULL,
    transactional  boolean     DEFAULT NULL,
    job_group      text        DEFAULT NULL,
    log_level      text        DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET row_security = on
AS $body$
DECLARE
    v_hint       text;
    v_constraint text;
    v_column     text;
BEGIN
    -- With the caller's rights: row security shows it, and lets it change, what is its own.
    INSERT INTO cron.job_options AS o (jobid, timezone, description, valid_from, valid_until, jitter, timeout, max_attempts, retry_delay, overlap,
                                       catch_up, start_deadline, max_failures, priority, transactional, job_group, log_level)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    ON CONFLICT ON CONSTRAINT job_options_pkey DO UPDATE
    SET timezone = coalesce(EXCLUDED.timezone, o.timezone), description = coalesce(EXCLUDED.description, o.description),
        valid_from = coalesce(EXCLUDED.valid_from, o.valid_from), valid_until = coalesce(EXCLUDED.valid_until, o.valid_until),
        jitter = coalesce(EXCLUDED.jitter, o.jitter), timeout = coalesce(EXCLUDED.timeout, o.timeout),
        max_attempts = coalesce(EXCLUDED.max_attempts, o.max_attempts), retry_delay = coalesce(EXCLUDED.retry_delay, o.retry_delay),
        overlap = coalesce(EXCLUDED.overlap, o.overlap), catch_up = coalesce(EXCLUDED.catch_up, o.catch_up),
        start_deadline = coalesce(EXCLUDED.start_deadline, o.start_deadline), max_failures = coalesce(EXCLUDED.max_failures, o.max_failures),
        priority = coalesce(EXCLUDED.priority, o.priority), transactional = coalesce(EXCLUDED.transactional, o.transactional),
        job_group = coalesce(EXCLUDED.job_group, o.job_group), log_level = coalesce(EXCLUDED.log_level, o.log_level);
    RETURN job_id;
EXCEPTION WHEN OTHERS THEN
    -- Raised again, as the context would show the whole statement.
    GET STACKED DIAGNOSTICS v_hint = PG_EXCEPTION_HINT, v_constraint = CONSTRAINT_NAME, v_column = COLUMN_NAME;
    IF SQLSTATE = '23514' THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, CONSTRAINT = v_constraint, HINT = cron_engine.rule_hint(v_constraint);
    ELSIF v_hint = '' THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, COLUMN = v_column;
    END IF;
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, HINT = v_hint, COLUMN = v_column;
END;
$body$;
COMMENT ON FUNCTION cron.set_options(bigint, text, text, timestamptz, timestamptz, interval, interval, integer, interval, text, text, interval,
    integer, integer, boolean, text, text) IS
    'Sets options of one''s own job, or for an administrator of anybody''s, and returns its jobid. The options are the columns of cron.job_options; NULL leaves one as it is. To clear one: UPDATE cron.job_options SET … = NULL; to clear all: DELETE. Errors: P0002 for a job that does not exist or is another''s, 23514 for a value that is not allowed, 22023 for an unknown time zone.';
