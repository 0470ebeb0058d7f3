CREATE OR REPLACE FUNCTION cron_engine.lead_logins_home()
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.do_each('lead login', ARRAY(SELECT l.username FROM cron_engine.login l WHERE l.server IS NOT NULL ORDER BY l.username),
                               clock_timestamp())
$body$;
COMMENT ON FUNCTION cron_engine.lead_logins_home() IS 'Leads all logins to the address under which the server reaches itself, and to this database.';
