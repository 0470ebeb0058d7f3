CREATE OR REPLACE FUNCTION cron_engine.require_parallel(login text, commands text[], max_sessions integer)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF commands IS NULL OR array_position(commands, NULL) IS NOT NULL THEN
        RAISE EXCEPTION 'command can not be NULL' USING ERRCODE = 'null_value_not_allowed';
    ELSIF max_sessions IS NULL OR max_sessions NOT BETWEEN 1 AND 100 THEN
        RAISE EXCEPTION 'max_sessions must be between 1 and 100' USING ERRCODE = 'invalid_parameter_value';
    ELSIF NOT EXISTS (SELECT FROM cron_engine.login l WHERE l.username = login) THEN
        RAISE EXCEPTION 'no login is registered for role "%"', login
            USING ERRCODE = 'undefined_object', HINT = cron_engine.login_hint(login);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.require_parallel(text, text[], integer) IS 'Refuses what cron.parallel cannot do.';
