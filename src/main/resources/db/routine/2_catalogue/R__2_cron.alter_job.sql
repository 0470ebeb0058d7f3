-- pg_cron's six parameters come first, so its calls work as they are. A GRANT has to name the function without its parameters.

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
    UPDATE cron.job j
       SET schedule = coalesce($2, j.schedule), command = coalesce($3, j.command), database = coalesce($4, j.database),
           username = coalesce($5, j.username), active = coalesce($6, j.active)
     WHERE j.jobid = job_id AND num_nonnulls($2, $3, $4, $5, $6) > 0;
    PERFORM cron_engine.set_attributes($1, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22);
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
