CREATE OR REPLACE FUNCTION cron.schedule(schedule text, command text)
RETURNS bigint
LANGUAGE plpgsql STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_jobid bigint;
BEGIN
    INSERT INTO cron.job AS j (schedule, command, username)
    VALUES ($1, $2, cron_engine.caller())
    RETURNING j.jobid INTO v_jobid;
    RETURN v_jobid;
END;
$body$;
COMMENT ON FUNCTION cron.schedule(text, text) IS 'schedule a pg_cron job';

CREATE OR REPLACE FUNCTION cron.schedule(job_name text, schedule text, command text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_jobid bigint;
BEGIN
    PERFORM cron_engine.require_job_text(job_name, schedule, command);
    -- As in pg_cron, a name that is taken keeps its active, nodename and nodeport, and costs one value of the sequence.
    INSERT INTO cron.job AS j (jobname, schedule, command, username)
    VALUES ($1, $2, $3, cron_engine.caller())
    ON CONFLICT ON CONSTRAINT jobname_username_uniq DO UPDATE
    SET schedule = EXCLUDED.schedule, command = EXCLUDED.command, database = EXCLUDED.database
    RETURNING j.jobid INTO v_jobid;
    RETURN v_jobid;
END;
$body$;
COMMENT ON FUNCTION cron.schedule(text, text, text) IS 'schedule a pg_cron job';

-- The time zone has no default, or a call with three arguments would find two functions.
CREATE OR REPLACE FUNCTION cron.schedule(
    job_name       text,
    schedule       text,
    command        text,
    timezone       text,
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
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_jobid bigint := cron.schedule($1, $2, $3);
BEGIN
    PERFORM cron_engine.set_attributes(v_jobid, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19);
    RETURN v_jobid;
END;
$body$;
COMMENT ON FUNCTION cron.schedule(text, text, text, text, text, timestamptz, timestamptz, interval, interval, integer, interval, text, text,
    interval, integer, integer, boolean, text, text) IS
    'Schedules a job with attributes, the columns of cron.job; those left as NULL keep their value or default. The time zone must be given, as NULL if need be.';
