CREATE OR REPLACE FUNCTION cron.drop_login(username text)
RETURNS boolean
LANGUAGE sql STRICT
SET search_path = pg_catalog, pg_temp
AS $body$
    UPDATE cron_engine.request SET routine = 'cron.drop_login(text)', username = $1 RETURNING done
$body$;
COMMENT ON FUNCTION cron.drop_login(text) IS 'Forgets a role''s login and its password; its jobs fail from then on. False: there was none.';
