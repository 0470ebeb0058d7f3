CREATE OR REPLACE FUNCTION cron_engine.note_login(username text, via text, server name)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    INSERT INTO cron_engine.login AS l (username, via, server) VALUES ($1, $2, $3)
    ON CONFLICT ON CONSTRAINT login_pkey DO UPDATE SET via = EXCLUDED.via, server = EXCLUDED.server
    WHERE (l.via, l.server) IS DISTINCT FROM (EXCLUDED.via, EXCLUDED.server)
$body$;
COMMENT ON FUNCTION cron_engine.note_login(text, text, name) IS 'Says how to log in as a role; writes nothing if that is so already.';
