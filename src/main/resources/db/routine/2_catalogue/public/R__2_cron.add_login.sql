CREATE OR REPLACE FUNCTION cron.add_login(username text, password text DEFAULT NULL, via text DEFAULT NULL)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request SET routine = 'cron.add_login(text,text,text)', username = $1, password = $2, via = $3
$body$;
COMMENT ON FUNCTION cron.add_login(text, text, text) IS 'Lets a role''s jobs run: with its password, or via another registered role that may SET ROLE to it. The login is tried before it is kept, as user mapping of the engine''s owner. A password in the text of a statement that fails is in the server''s log: README has the way that leaves none. A role may register itself; to register others is for administrators. Errors: 42704 no such role, 28000 the login is refused, 2F003 the server asks for no password, 08001 the server cannot connect to itself.';
