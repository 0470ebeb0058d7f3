CREATE OR REPLACE FUNCTION cron_engine.note_given_up(step text, message text, error_code text, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_message text := concat_ws('; ', message, cron_engine.blockers());
    v_count   integer;
BEGIN
    -- Without a pause: the lock may be gone in a moment.
    INSERT INTO cron_engine.fault AS f (step, item, message, sqlstate, since, count, retry_at)
    VALUES ($1, '', v_message, $3, now, 1, now)
    ON CONFLICT ON CONSTRAINT fault_pkey DO UPDATE
    SET message = EXCLUDED.message, sqlstate = EXCLUDED.sqlstate, count = f.count + 1, retry_at = now
    RETURNING f.count INTO v_count;
    RAISE LOG 'cronlink: a step was given up, %: % (% times in a row)', step, v_message, v_count;
    IF v_count = 3 THEN
        RAISE INFO 'Given up % times in a row, trying again: %: %', v_count, step, v_message;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.note_given_up(text, text, text, timestamptz) IS
    'Notes that a step was undone because it would have waited for others, and who may be in its way. It is tried again at the next tick.';
