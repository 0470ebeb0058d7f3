CREATE OR REPLACE FUNCTION cron_engine.set_home(host text, port integer, sslmode text, sslrootcert text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    UPDATE cron.settings s
       SET host = coalesce($1, s.host), port = coalesce($2, s.port), sslmode = coalesce($3, s.sslmode), sslrootcert = coalesce($4, s.sslrootcert)
     WHERE (coalesce($1, s.host), coalesce($2, s.port), coalesce($3, s.sslmode), coalesce($4, s.sslrootcert))
           IS DISTINCT FROM (s.host, s.port, s.sslmode, s.sslrootcert);
    PERFORM cron_engine.set_server_options(l.server, cron_engine.home_options())
       FROM cron_engine.login l WHERE l.server IS NOT NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.set_home(text, integer, text, text) IS 'Says under which address the server reaches itself, NULL leaves a part as it is, and leads all logins there. Writes nothing if nothing changes.';
