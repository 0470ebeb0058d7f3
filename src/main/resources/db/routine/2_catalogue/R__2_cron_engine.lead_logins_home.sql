CREATE OR REPLACE FUNCTION cron_engine.lead_logins_home()
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.set_server_options(s.srvname, o.options)
      FROM cron_engine.login l
      JOIN pg_foreign_server s ON s.srvname = l.server
     CROSS JOIN (SELECT cron_engine.home_options() AS options OFFSET 0) o
$body$;
COMMENT ON FUNCTION cron_engine.lead_logins_home() IS 'Leads all logins to the address under which the server reaches itself, and to this database.';
