CREATE OR REPLACE FUNCTION cron_engine.drop_login(caller text, username text)
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_server name;
BEGIN
    PERFORM cron_engine.require_login_right(caller, username, NULL);
    IF EXISTS (SELECT FROM cron_engine.login l WHERE l.via = $2) THEN
        RAISE EXCEPTION 'other roles log in via role "%"', username
            USING ERRCODE = 'dependent_objects_still_exist',
                  DETAIL = (SELECT string_agg(l.username, ', ' ORDER BY l.username) FROM cron_engine.login l WHERE l.via = $2);
    END IF;
    DELETE FROM cron_engine.login l WHERE l.username = $2 RETURNING l.server INTO v_server;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF v_server IS NOT NULL THEN
        EXECUTE format('DROP SERVER %I CASCADE', v_server);
    END IF;
    RETURN true;
END;
$body$;
COMMENT ON FUNCTION cron_engine.drop_login(text, text) IS 'Forgets a role''s login for the caller. False: there was none.';
