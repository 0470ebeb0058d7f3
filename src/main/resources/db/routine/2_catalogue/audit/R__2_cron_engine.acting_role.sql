CREATE OR REPLACE FUNCTION cron_engine.acting_role()
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- The setting is that of the session, however many SECURITY DEFINER functions lie between.
    SELECT coalesce(nullif(current_setting('role'), 'none'), session_user::text)
$body$;
COMMENT ON FUNCTION cron_engine.acting_role() IS 'The role that the session acts as: that of SET ROLE, or else the one that has logged in.';
