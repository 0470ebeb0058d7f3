CREATE OR REPLACE FUNCTION cron_engine.login_conninfo(server name, VARIADIC options text[])
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.conninfo(VARIADIC s.srvoptions || m.umoptions || options)
      FROM pg_foreign_server s
      JOIN pg_user_mappings m ON m.srvid = s.oid
     WHERE s.srvname = server AND m.usename = CURRENT_USER
           AND NOT EXISTS (SELECT FROM unnest(s.srvoptions || m.umoptions) o WHERE o ~ '^use_scram_passthrough=')
$body$;
COMMENT ON FUNCTION cron_engine.login_conninfo(name, text[]) IS
    'The connection string of the caller''s own user mapping, with these options added or replaced; it holds the password. NULL where there is none to hold, as the log-in is passed on: that only works by the server''s name.';
