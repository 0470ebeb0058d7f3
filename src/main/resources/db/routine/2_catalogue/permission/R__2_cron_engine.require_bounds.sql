CREATE OR REPLACE FUNCTION cron_engine.require_bounds(command text, timeout interval, note text)
RETURNS void
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF octet_length(command) > 1048576 THEN
        RAISE EXCEPTION 'command must have at most 1048576 bytes (1 MB)'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Put it into a procedure, and CALL that.', COLUMN = 'command';
    ELSIF char_length(note) > 1000 THEN
        RAISE EXCEPTION 'note must have at most 1000 characters' USING ERRCODE = 'invalid_parameter_value', HINT = 'Say it in fewer words.', COLUMN = 'note';
    ELSIF timeout <= '0' OR timeout > '100 years' OR abs(extract(year FROM timeout)) > 100 OR abs(extract(day FROM timeout)) > 36525 THEN
        RAISE EXCEPTION 'timeout must be more than zero, and at most 100 years'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Leave it out for that of cron.settings.', COLUMN = 'timeout';
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_bounds(text, interval, text) IS
    'Refuses what no table''s constraint sees: the history has none, as each run would pay for them. What is NULL is in order.';
