CREATE OR REPLACE FUNCTION cron_engine.note_fault(step text, item text, jobid bigint, message text, error_code text, now timestamptz, longest interval DEFAULT '5 min')
RETURNS timestamptz
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_fault cron_engine.fault;
BEGIN
    IF error_code ~ '^(25|53|57|58)' THEN
        -- A full disk, a server that shuts down or lets nobody write: that is not about a row or a step, and who keeps the daemon's session has to know.
        RAISE EXCEPTION '%', message USING ERRCODE = error_code;
    END IF;
    -- Doubled from a second on.
    INSERT INTO cron_engine.fault AS f (step, item, jobid, message, sqlstate, since, count, retry_at)
    VALUES ($1, $2, $3, $4, $5, now, 1, now + interval '1 s')
    ON CONFLICT ON CONSTRAINT fault_pkey DO UPDATE
    SET message = EXCLUDED.message, sqlstate = EXCLUDED.sqlstate, count = f.count + 1,
        retry_at = now + least(interval '1 s' * power(2, least(f.count, 10)), longest)
    RETURNING f.* INTO v_fault;
    RAISE LOG 'cronlink: could not % %: % (SQLSTATE %, % times since %; again at %)',
        step, item, message, error_code, v_fault.count, v_fault.since, v_fault.retry_at;
    IF v_fault.count = 1 AND step <> 'connect' THEN
        -- To whoever called the daemon, the service. Why a login has to wait is told when its runs do, see explain_delays().
        RAISE INFO 'Could not %, trying again: %', concat_ws(' ', step, nullif(item, '')), message;
    END IF;
    RETURN v_fault.retry_at;
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_fault(text, text, bigint, text, text, timestamptz, interval) IS
    'Notes what could not be done. Returns when it is to be tried again: after a second at first, after twice as long each time, after the longest pause at most. Raises the error again where it is the server''s fault.';
