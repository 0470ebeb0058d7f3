CREATE OR REPLACE FUNCTION cron_engine.home_options()
RETURNS text[]
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT array_remove(ARRAY[
               'host=' || coalesce(h.host, host(inet_server_addr()), '127.0.0.1'),
               'port=' || coalesce(h.port, inet_server_port(), current_setting('port')::integer),
               'dbname=' || current_database(),
               'sslmode=' || h.sslmode,
               'sslrootcert=' || h.sslrootcert,
               'connect_timeout=' || ceil(extract(epoch FROM s.connect_timeout)),
               'application_name=cronlink worker',
               'options=' || cron_engine.session_options()], NULL)
      FROM cron.settings s
      LEFT JOIN cron_engine.home h ON cron_engine.is_own_server(h)
$body$;
COMMENT ON FUNCTION cron_engine.home_options() IS 'How the server reaches itself: libpq''s options, each as name=value.';
