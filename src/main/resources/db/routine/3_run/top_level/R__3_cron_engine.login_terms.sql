CREATE OR REPLACE FUNCTION cron_engine.login_terms(login text)
RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RETURN (SELECT md5(concat_ws(',', l.server, r.oid, r.rolcanlogin, r.rolvaliduntil <= now(), has_database_privilege(r.oid, d.oid, 'CONNECT'),
                                 (SELECT string_agg(s.setrole || ':' || s.setconfig::text, ',' ORDER BY s.setdatabase, s.setrole)
                                    FROM pg_db_role_setting s
                                   WHERE s.setdatabase IN (0, d.oid) AND s.setrole IN (0, r.oid))))
              FROM cron_engine.login l
              JOIN pg_roles r ON r.rolname = l.username
              JOIN pg_database d ON d.datname = current_database()
             WHERE l.username = login_terms.login AND l.server IS NOT NULL);
END;
$body$;
COMMENT ON FUNCTION cron_engine.login_terms(text) IS
    'What is laid down for a login and only a new session would notice, as one value: who it is, whether it may log in, its settings. NULL: it cannot log in.';
