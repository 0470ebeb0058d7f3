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
