CREATE OR REPLACE FUNCTION cron.set_alarms(
    job_id         bigint,
    failed         boolean          DEFAULT NULL,
    recovered      boolean          DEFAULT NULL,
    deactivated    boolean          DEFAULT NULL,
    late_after     interval         DEFAULT NULL,
    long_after     interval         DEFAULT NULL,
    long_factor    double precision DEFAULT NULL,
    no_success_for interval         DEFAULT NULL,
    severity       text             DEFAULT NULL)
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
    INSERT INTO cron.job_alarms AS a (jobid, failed, recovered, deactivated, late_after, long_after, long_factor, no_success_for, severity)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT ON CONSTRAINT job_alarms_pkey DO UPDATE
    SET failed = coalesce(EXCLUDED.failed, a.failed), recovered = coalesce(EXCLUDED.recovered, a.recovered),
        deactivated = coalesce(EXCLUDED.deactivated, a.deactivated), late_after = coalesce(EXCLUDED.late_after, a.late_after),
        long_after = coalesce(EXCLUDED.long_after, a.long_after), long_factor = coalesce(EXCLUDED.long_factor, a.long_factor),
        no_success_for = coalesce(EXCLUDED.no_success_for, a.no_success_for), severity = coalesce(EXCLUDED.severity, a.severity);
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
COMMENT ON FUNCTION cron.set_alarms(bigint, boolean, boolean, boolean, interval, interval, double precision, interval, text) IS
    'Sets what is alarmed on of one''s own job, or for an administrator of anybody''s, and returns its jobid. The rules are the columns of cron.job_alarms; NULL leaves one as it is, 0 switches off what cron.alarm_settings ask for. To go by these again: UPDATE cron.job_alarms SET … = NULL. Errors: P0002 for a job that does not exist or is another''s, 23514 for a value that is not allowed.';
