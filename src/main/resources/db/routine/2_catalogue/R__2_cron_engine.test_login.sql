CREATE OR REPLACE FUNCTION cron_engine.test_login(username text, password text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_options text[] := cron_engine.home_options();
    v_where   text := (SELECT string_agg(split_part(o, '=', 2), ':' ORDER BY i)
                         FROM unnest(v_options) WITH ORDINALITY u (o, i) WHERE split_part(o, '=', 1) IN ('host', 'port'));
    v_message text;
    v_detail  text;
    v_said    text;
BEGIN
    PERFORM ${dblink}.dblink_connect('cronlink login test', cron_engine.conninfo(VARIADIC v_options || ARRAY['user=' || username, 'password=' || password]));
    PERFORM ${dblink}.dblink_disconnect('cronlink login test');
EXCEPTION
    WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL;
        -- Not by the host's name, which may have any of these words in it.
        v_said := regexp_replace(v_detail, '^connection to server at "[^"]*"', '');
        IF SQLSTATE = '2F003' THEN
            RAISE EXCEPTION 'the server asks role "%" for no password at its own address %', username, v_where
                USING ERRCODE = '2F003', DETAIL = v_detail,
                      HINT = 'In pg_hba.conf use scram-sha-256 instead of trust or peer for this address, or set another one in cron.settings.host.';
        ELSIF v_said ~ 'certificate|SSL error|SSL was required|support SSL|sslmode' AND v_said !~ 'authentication failed|pg_hba.conf|client certificate' THEN
            RAISE EXCEPTION 'the server does not reach itself at % over TLS', v_where
                USING ERRCODE = '08001', DETAIL = v_detail,
                      HINT = 'Check cron.settings.sslmode, sslrootcert (a file that the server''s own process can read) and host (a name in its certificate); '
                             'the service sets them from CRONLINK_LOOPBACK_SSLMODE, CRONLINK_LOOPBACK_SSLROOTCERT and CRONLINK_LOOPBACK_HOST.';
        ELSIF v_detail LIKE '%pg_hba.conf%no encryption%' AND v_detail NOT LIKE '%authentication failed%' THEN
            RAISE EXCEPTION 'role "%" cannot log in at the server''s own address % without TLS', username, v_where
                USING ERRCODE = 'invalid_authorization_specification', DETAIL = v_detail,
                      HINT = 'Set cron.settings.sslmode to require or more, which the service does from CRONLINK_LOOPBACK_SSLMODE, or allow it in pg_hba.conf.';
        ELSIF v_detail LIKE '%authentication failed%' OR v_detail LIKE '%pg_hba.conf%' OR v_detail LIKE '%not permitted to log in%' THEN
            RAISE EXCEPTION 'role "%" cannot log in at the server''s own address %', username, v_where
                USING ERRCODE = 'invalid_authorization_specification', DETAIL = v_detail;
        ELSE
            RAISE EXCEPTION 'the server does not reach itself at %', v_where
                USING ERRCODE = '08001', DETAIL = coalesce(nullif(v_detail, ''), v_message),
                      HINT = 'Set the address under which the server reaches itself in cron.settings.host and port; the service does so from CRONLINK_LOOPBACK_HOST and CRONLINK_LOOPBACK_PORT.';
        END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.test_login(text, text) IS 'Logs in as a role at the server''s own address, and says clearly why that fails.';
