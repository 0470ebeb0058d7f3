CREATE OR REPLACE FUNCTION cron_engine.login_obstacle(login text, refusal text)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT format('role "%s" cannot log in: ', login)
           || CASE WHEN r.oid IS NULL THEN 'it does not exist'
                   WHEN l.server IS NULL THEN 'no password of it is registered, see cron.add_login()'
                   WHEN NOT r.rolcanlogin THEN 'it has NOLOGIN'
                   WHEN r.rolvaliduntil <= clock_timestamp() THEN 'its password has expired'
                   WHEN NOT has_database_privilege(r.oid, d.oid, 'CONNECT') THEN 'it may not CONNECT to the database'
                   -- libpq gives a line to each address that it tried.
                   ELSE left(split_part(refusal, E'\n', 1), 300) END
      FROM pg_database d
      LEFT JOIN pg_roles r ON r.rolname = login
      LEFT JOIN cron_engine.login l ON l.username = login
     WHERE d.datname = current_database()
$body$;
COMMENT ON FUNCTION cron_engine.login_obstacle(text, text) IS 'Why a role cannot log in, given what the server said when it refused it, or NULL; NULL: nothing is in its way.';
