CREATE OR REPLACE FUNCTION cron_engine.run_once(
    caller text, command text, database text, username text, timeout interval, transactional boolean, note text)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_database text := coalesce($3, current_database());
    v_username text := coalesce($4, caller);
BEGIN
    PERFORM cron_engine.required('command', command);
    PERFORM cron_engine.require_bounds(command, timeout, note);
    PERFORM cron_engine.require_may_act_for(caller, v_username, 'must be superuser to create a job for another role');
    PERFORM cron_engine.validate_role(v_username);
    PERFORM cron_engine.validate_database(v_username, v_database);
    PERFORM cron_engine.warn_of_login(v_username);
    RETURN cron_engine.queue_run(NULL, v_username, v_database, command,
                                 (SELECT coalesce(l.via, l.username) FROM cron_engine.login l WHERE l.username = v_username), 0, true,
                                 CASE WHEN v_database <> current_database() THEN true ELSE NOT transactional END,
                                 coalesce($5, (SELECT s.timeout FROM cron.settings s)), NULL, true,
                                 NULL, NULL, nullif(v_database, current_database()),
                                 'manual', 1, NULL, concat_ws(': ', 'asked for by ' || caller, note), NULL, clock_timestamp());
END;
$body$;
COMMENT ON FUNCTION cron_engine.run_once(text, text, text, text, interval, boolean, text) IS 'Queues a run without a job for the caller. Returns its runid.';
