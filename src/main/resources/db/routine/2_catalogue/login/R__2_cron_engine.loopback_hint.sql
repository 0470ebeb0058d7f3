CREATE OR REPLACE FUNCTION cron_engine.loopback_hint(said text, port integer)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT CASE
        WHEN said ~ '(invalid|weak) sslmode|sslmode value|SSL was required|support SSL|no encryption'
        THEN 'Check CRONLINK_LOOPBACK_SSLMODE: '
             || CASE WHEN said ~ 'no encryption' THEN 'the server takes nothing but TLS here, so require or more, or allow it in pg_hba.conf.'
                     WHEN said ~ 'support|required' THEN 'the server knows no TLS, so not require or more.'
                     ELSE 'disable, allow, prefer, require, verify-ca or verify-full.' END
        WHEN said ~ 'does not match host name|host name must be specified'
        THEN 'Set CRONLINK_LOOPBACK_HOST to a name that is in the server''s certificate.'
        WHEN said ~ 'root certificate|certificate verify failed'
        THEN 'Check CRONLINK_LOOPBACK_SSLROOTCERT: a file that the server''s own process can read, with the authority that has signed '
             'the server''s certificate.'
        WHEN said ~ 'invalid port number' OR said !~ 'translate host name|certificate|SSL error' AND port <> current_setting('port')::integer
        THEN format('Check CRONLINK_LOOPBACK_PORT: the server listens on port %s.', current_setting('port'))
        ELSE 'Set CRONLINK_LOOPBACK_HOST to an address at which the server listens and reaches itself.' END
$body$;
COMMENT ON FUNCTION cron_engine.loopback_hint(text, integer) IS
    'Which setting of the service to look at, by what libpq says of a connection to the own address, without the host''s name in it.';
