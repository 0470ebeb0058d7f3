CREATE OR REPLACE FUNCTION cron_engine.test_login(username text, password text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_options text[] := cron_engine.home_options();
    v_port    text := (SELECT split_part(o, '=', 2) FROM unnest(v_options) o WHERE o LIKE 'port=%');
    v_where   text := (SELECT split_part(o, '=', 2) FROM unnest(v_options) o WHERE o LIKE 'host=%') || ':' || v_port;
    -- Nobody else can have it, so whoever sees it is on this server, in this database.
    v_key     integer := floor(random() * 2147483647);
    v_found   boolean;
    v_message text;
    v_detail  text;
    v_fault   text;
    v_said    text;
    v_hint    text;
BEGIN
    PERFORM ${dblink}.dblink_connect('cronlink login test', cron_engine.conninfo(VARIADIC v_options || ARRAY['user=' || username, 'password=' || password]));
    PERFORM pg_advisory_xact_lock_shared(1129467471, v_key);
    v_found := (SELECT d.found FROM ${dblink}.dblink('cronlink login test', format(
        'SELECT true FROM pg_catalog.pg_locks AS l WHERE l.locktype OPERATOR(pg_catalog.=) ''advisory'' AND l.pid OPERATOR(pg_catalog.=) %s '
        'AND l.classid OPERATOR(pg_catalog.=) 1129467471 AND l.objid OPERATOR(pg_catalog.=) %s AND l.database OPERATOR(pg_catalog.=) '
        '(SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())',
        pg_backend_pid(), v_key)) AS d (found boolean));
    IF v_found IS NULL THEN
        RAISE EXCEPTION 'another server answers there' USING ERRCODE = 'connection_exception';
    END IF;
    PERFORM ${dblink}.dblink_disconnect('cronlink login test');
EXCEPTION
    WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL;
        IF 'cronlink login test' = ANY (${dblink}.dblink_get_connections()) THEN
            PERFORM ${dblink}.dblink_disconnect('cronlink login test');
        END IF;
        v_detail := coalesce(nullif(v_detail, ''), v_message);
        -- Not by the host's name, which may have any of these words in it.
        v_said := regexp_replace(v_detail, '^(connection to server at|could not translate host name) "[^"]*"', $re$\1$re$);
        v_fault := cron_engine.login_fault(v_detail, username, (SELECT split_part(o, '=', 2) FROM unnest(v_options) o WHERE o LIKE 'host=%'), v_port);
        v_hint := cron_engine.loopback_hint(v_said, v_port::integer);
        IF SQLSTATE = '2F003' THEN
            RAISE EXCEPTION 'the server asks role "%" for no password at its own address %', username, v_where
                USING ERRCODE = '2F003', DETAIL = v_detail,
                      HINT = 'In pg_hba.conf use scram-sha-256 instead of trust or peer for this address, or set CRONLINK_LOOPBACK_HOST to another one of the server''s.';
        ELSIF v_fault = 'refused' AND v_said ~ 'no encryption' AND v_said !~ 'authentication failed' THEN
            RAISE EXCEPTION 'role "%" cannot log in at the server''s own address % without TLS', username, v_where
                USING ERRCODE = 'invalid_authorization_specification', DETAIL = v_detail, HINT = v_hint;
        ELSIF v_fault = 'refused' THEN
            RAISE EXCEPTION 'role "%" cannot log in at the server''s own address %', username, v_where
                USING ERRCODE = 'invalid_authorization_specification', DETAIL = v_detail;
        ELSE
            RAISE EXCEPTION 'the server cannot connect to itself at %', v_where || CASE v_fault WHEN 'tls' THEN ' over TLS' ELSE '' END
                USING ERRCODE = '08001', DETAIL = v_detail, HINT = v_hint;
        END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.test_login(text, text) IS 'Logs in as a role at the server''s own address, sees whether that is this server, and says clearly why it fails.';
