CREATE OR REPLACE FUNCTION cron_engine.top_level_terms(login text)
RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = login AND r.rolsuper)
       OR EXISTS (SELECT FROM pg_db_role_setting s JOIN pg_roles r ON s.setrole IN (0, r.oid) CROSS JOIN unnest(s.setconfig) c
                   WHERE r.rolname = login AND c LIKE 'role=%') THEN
        RETURN NULL;
    END IF;
    RETURN cron_engine.login_terms(login);
END;
$body$;
COMMENT ON FUNCTION cron_engine.top_level_terms(text) IS
    'While this is the same, the next run of a login may have the connection at top level of the one before; NULL: it may not, as DISCARD ALL does not bring back the role that a login is given, nor what a superuser may have set.';
