CREATE OR REPLACE FUNCTION cron_engine.login_fault(message text, username text, host text, port text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- The message is in the language of the server's lc_messages, and libpq tells no SQLSTATE: but names are the same in all of them.
    -- Each part of it begins with the address, up to the port; an address that is not known has no port.
    SELECT CASE WHEN v.said IS NULL THEN 'unreachable'
                WHEN v.said ~ $re$pg_hba\.conf|client certificate$re$ OR cron_engine.quotes(v.said, username) THEN 'refused'
                WHEN v.said ~ 'SSL|certificate|sslmode|sslrootcert' OR cron_engine.quotes(v.said, host) THEN 'tls'
                ELSE 'unreachable' END
      FROM (SELECT replace(message, left(message, nullif(strpos(message, port), 0) + length(port) - 1), '')) v (said)
$body$;
COMMENT ON FUNCTION cron_engine.login_fault(text, text, text, text) IS
    'What libpq''s message of a failed connection is about, whatever its language: refused (by a server that was reached), tls, or unreachable.';
