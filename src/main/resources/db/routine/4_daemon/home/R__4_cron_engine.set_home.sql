CREATE OR REPLACE FUNCTION cron_engine.set_home(host text, port integer, sslmode text, sslrootcert text, password text, scram_passthrough boolean DEFAULT false)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_host text := coalesce($1, host(inet_server_addr()), '127.0.0.1');
    v_port integer := coalesce($2, inet_server_port(), current_setting('port')::integer);
    v_copy_of text := cron_engine.note_home();
BEGIN
    IF EXISTS (SELECT FROM cron_engine.home h WHERE (h.host, h.port, h.sslmode, h.sslrootcert) IS DISTINCT FROM (v_host, v_port, $3, $4)) THEN
        -- A copy keeps the original's jobs as they are until it is adopted. Its logins lead to itself all the same.
        IF v_copy_of IS NULL THEN
            PERFORM cron_engine.take_jobs_along(v_host, v_port);
        END IF;
        UPDATE cron_engine.home SET host = v_host, port = v_port, sslmode = $3, sslrootcert = $4;
    END IF;
    PERFORM cron_engine.lead_logins_home();
    -- Tries the address. Should that fail, then all of this is undone.
    IF scram_passthrough THEN
        PERFORM cron_engine.pass_login_on(SESSION_USER, password);
    ELSE
        PERFORM cron.add_login(SESSION_USER, password);
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.set_home(text, integer, text, text, text, boolean) IS
    'Says under which address the server reaches itself, leads all logins there and registers the role that is logged in, if it can log in there with this password. What is NULL is derived again: from the session''s address, else libpq''s default. scram_passthrough: without keeping the password. Writes nothing if nothing changes.';
