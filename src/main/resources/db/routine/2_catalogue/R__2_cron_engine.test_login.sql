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
BEGIN
    PERFORM ${dblink}.dblink_connect('cronlink login test', cron_engine.conninfo(VARIADIC v_options || ARRAY['user=' || username, 'password=' || password]));
    PERFORM ${dblink}.dblink_disconnect('cronlink login test');
EXCEPTION
    WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL;
        IF SQLSTATE = '2F003' THEN
            RAISE EXCEPTION 'the server asks role "%" for no password at its own address %', username, v_where
                USING ERRCODE = '2F003', DETAIL = v_detail,
                      HINT = 'In pg_hba.conf use scram-sha-256 instead of trust or peer for this address, or set another one in cron.settings.host.';
        ELSIF v_detail LIKE '%authentication failed%' OR v_detail LIKE '%pg_hba.conf%' OR v_detail LIKE '%not permitted to log in%' THEN
            RAISE EXCEPTION 'role "%" cannot log in at the server''s own address %', username, v_where
                USING ERRCODE = 'invalid_authorization_specification', DETAIL = v_detail;
        ELSE
            RAISE EXCEPTION 'the server does not reach itself at %', v_where
                USING ERRCODE = '08001', DETAIL = coalesce(nullif(v_detail, ''), v_message),
                      HINT = 'Set the address under which the server reaches itself in cron.settings.host and port.';
        END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.test_login(text, text) IS 'Logs in as a role at the server''s own address, and says clearly why that fails.';
