CREATE OR REPLACE FUNCTION cron_engine.pass_login_on(username text, password text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_server  text;
    v_message text;
    v_detail  text;
BEGIN
    IF current_setting('server_version_num')::integer < 180000 THEN
        RAISE EXCEPTION 'PostgreSQL % cannot pass on the log-in of role "%"', current_setting('server_version'), username
            USING ERRCODE = 'feature_not_supported', HINT = 'Unset CRONLINK_LOOPBACK_SCRAMPASSTHROUGH: that came with PostgreSQL 18.';
    END IF;
    -- Says more clearly what is wrong with the address, if anything is.
    PERFORM cron_engine.test_login(username, password) WHERE password IS NOT NULL;
    v_server := cron_engine.store_login(username, NULL);
    BEGIN
        PERFORM ${dblink}.dblink_connect('cronlink login test', v_server);
        PERFORM ${dblink}.dblink_disconnect('cronlink login test');
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL;
        RAISE EXCEPTION 'the log-in of role "%" is not passed on', username
            USING ERRCODE = 'invalid_authorization_specification', DETAIL = coalesce(nullif(v_detail, ''), v_message),
                  HINT = 'Here and at the server''s own address pg_hba.conf has to ask this role for scram-sha-256. Or unset CRONLINK_LOOPBACK_SCRAMPASSTHROUGH.';
    END;
    PERFORM cron_engine.note_login(username, NULL, v_server);
END;
$body$;
COMMENT ON FUNCTION cron_engine.pass_login_on(text, text) IS
    'Registers the role that is logged in, without keeping its password: PostgreSQL 18 can pass on what the session logged in with. The password only serves to try the address.';
