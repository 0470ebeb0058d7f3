-- Two overloads, so that both pg_cron's calls and GRANTs that name its signature work: a call with its six arguments finds the first,
-- which has no defaults and therefore wins; any other finds the second, which asks for the privilege on the first.

CREATE OR REPLACE FUNCTION cron.alter_job(
    job_id         bigint,
    schedule       text        DEFAULT NULL,
    command        text        DEFAULT NULL,
    database       text        DEFAULT NULL,
    username       text        DEFAULT NULL,
    active         boolean     DEFAULT NULL,
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
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    PERFORM cron_engine.require_alter_job(job_id, username);
    IF num_nonnulls($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) = 0 THEN
        RAISE EXCEPTION 'no updates specified'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'You must specify at least one job attribute to change when calling alter_job';
    END IF;
    UPDATE cron.job j SET
        schedule = coalesce($2, j.schedule), command = coalesce($3, j.command), database = coalesce($4, j.database),
        username = coalesce($5, j.username), active = coalesce($6, j.active), timezone = coalesce($7, j.timezone),
        description = coalesce($8, j.description), valid_from = coalesce($9, j.valid_from), valid_until = coalesce($10, j.valid_until),
        jitter = coalesce($11, j.jitter), timeout = coalesce($12, j.timeout), max_attempts = coalesce($13, j.max_attempts),
        retry_delay = coalesce($14, j.retry_delay), overlap = coalesce($15, j.overlap), catch_up = coalesce($16, j.catch_up),
        start_deadline = coalesce($17, j.start_deadline), max_failures = coalesce($18, j.max_failures),
        priority = coalesce($19, j.priority), transactional = coalesce($20, j.transactional),
        job_group = coalesce($21, j.job_group), log_level = coalesce($22, j.log_level)
     WHERE j.jobid = job_id;
END;
$body$;
COMMENT ON FUNCTION cron.alter_job(bigint, text, text, text, text, boolean, text, text, timestamptz, timestamptz, interval, interval, integer,
    interval, text, text, interval, integer, integer, boolean, text, text) IS
    'Alter the job identified by job_id. Any option left as NULL will not be modified. The options are the columns of cron.job.';

CREATE OR REPLACE FUNCTION cron_engine.require_alter_job(job_id bigint, new_username text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF NOT has_function_privilege(cron_engine.caller(),
                                  'cron.alter_job(bigint, text, text, text, text, boolean)'::regprocedure, 'EXECUTE') THEN
        RAISE EXCEPTION 'permission denied for function alter_job' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF job_id IS NULL THEN
        RAISE EXCEPTION 'job_id can not be NULL' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT EXISTS (SELECT FROM cron.job j
                    WHERE j.jobid = job_id
                      AND (j.username = cron_engine.caller() OR has_table_privilege(cron_engine.caller(), 'cron.job', 'UPDATE'))) THEN
        RAISE EXCEPTION 'Job % does not exist or you don''t own it', job_id USING ERRCODE = 'no_data_found';
    END IF;
    IF new_username IS NOT NULL AND NOT cron_engine.may_schedule_for(new_username) THEN
        PERFORM cron_engine.validate_role(new_username);
        RAISE EXCEPTION 'must be superuser to alter username'
            USING ERRCODE = 'insufficient_privilege', HINT = format('Become a member of role %I.', new_username);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_alter_job(bigint, text) IS 'Refuses callers who may not change the job, in pg_cron''s words.';

CREATE OR REPLACE FUNCTION cron.alter_job(
    job_id bigint, schedule text, command text, database text, username text, active boolean)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron.alter_job(job_id => $1, schedule => $2, command => $3, database => $4, username => $5, active => $6, timezone => NULL)
$body$;
COMMENT ON FUNCTION cron.alter_job(bigint, text, text, text, text, boolean) IS
    'Alter the job identified by job_id. Any option left as NULL will not be modified.';
