CREATE OR REPLACE FUNCTION cron.run_once(
    command text, database text DEFAULT NULL, username text DEFAULT NULL, timeout interval DEFAULT NULL, transactional boolean DEFAULT NULL,
    note text DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_database text := coalesce($2, current_database());
    v_username text := coalesce($3, cron_engine.caller());
BEGIN
    IF command IS NULL THEN
        RAISE EXCEPTION 'command can not be NULL' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM cron_engine.validate_role(v_username);
    PERFORM cron_engine.require_may_schedule_for(v_username);
    PERFORM cron_engine.validate_database(v_username, v_database);
    RETURN cron_engine.queue_run(NULL, v_username, v_database, command,
                                 (SELECT coalesce(l.via, l.username) FROM cron_engine.login l WHERE l.username = v_username), 0, true,
                                 CASE WHEN v_database <> current_database() THEN true ELSE NOT transactional END,
                                 coalesce($4, (SELECT s.timeout FROM cron.settings s)), NULL, true,
                                 NULL, NULL, nullif(v_database, current_database()),
                                 'manual', 1, NULL, concat_ws(': ', 'asked for by ' || cron_engine.caller(), note), NULL, clock_timestamp());
END;
$body$;
COMMENT ON FUNCTION cron.run_once(text, text, text, interval, boolean, text) IS
    'Runs a command once, now, without a job, and returns its runid; the run is recorded with jobid NULL. It runs as the caller or, where that is allowed, as username, in the given database or this one; timeout and transactional as in cron.job. Errors as in cron.schedule_in_database().';
