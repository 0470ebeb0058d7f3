CREATE OR REPLACE FUNCTION cron_engine.open_launcher(for_login text, now timestamptz)
RETURNS text
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_name   text := 'cronlink launcher ' || nextval('cron_engine.worker_seq');
    v_server text := (SELECT l.server FROM cron_engine.login l WHERE l.username = CURRENT_USER);
BEGIN
    IF v_server IS NULL THEN
        RAISE EXCEPTION 'no login is registered for role "%", whose session is to connect the others', CURRENT_USER
            USING ERRCODE = 'invalid_authorization_specification', HINT = cron_engine.login_hint(CURRENT_USER::text);
    END IF;
    PERFORM ${dblink}.dblink_connect(v_name, v_server);
    INSERT INTO cron_engine.launcher (name, pid, login, since)
    SELECT v_name, p.pid, for_login, now FROM ${dblink}.dblink(v_name, 'SELECT cron_engine.prepare_launcher()') AS p (pid integer);
    RETURN v_name;
EXCEPTION WHEN OTHERS THEN
    PERFORM cron_engine.disconnect(v_name);
    RAISE;
END;
$body$;
COMMENT ON FUNCTION cron_engine.open_launcher(text, timestamptz) IS 'Connects a launcher, for one login or, NULL, for all others. Returns its name.';
