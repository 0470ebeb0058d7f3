CREATE OR REPLACE FUNCTION cron_engine.lead_logins(usernames text[], now timestamptz)
RETURNS integer
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.set_server_options(s.srvname, o.options)
      FROM cron_engine.login l
      JOIN pg_foreign_server s ON s.srvname = l.server
     CROSS JOIN (SELECT cron_engine.home_options() AS options OFFSET 0) o
     WHERE l.username = ANY (usernames);
    SELECT cardinality(usernames)
$body$;
COMMENT ON FUNCTION cron_engine.lead_logins(text[], timestamptz) IS
    'Leads logins to the address under which the server reaches itself, and to this database. For cron_engine.do_each().';
