CREATE OR REPLACE FUNCTION cron_engine.role_settings(role_name text, database text)
RETURNS text[]
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Its role comes last: what is set as another role may be more, or less, than may be set as this one.
    SELECT array_agg(s.setting ORDER BY s.setting LIKE 'role=%', s.setting)
      FROM (SELECT DISTINCT ON (split_part(c, '=', 1)) c
              FROM pg_db_role_setting d
             CROSS JOIN LATERAL unnest(d.setconfig) c
             WHERE d.setdatabase IN (0, (SELECT b.oid FROM pg_database b WHERE b.datname = database))
                   AND d.setrole IN (0, (SELECT r.oid FROM pg_roles r WHERE r.rolname = role_name))
                   -- The engine's own.
                   AND split_part(c, '=', 1) NOT IN ('application_name', 'client_min_messages', 'idle_session_timeout')
             ORDER BY split_part(c, '=', 1), d.setrole = 0, d.setdatabase = 0) s (setting)
$body$;
COMMENT ON FUNCTION cron_engine.role_settings(text, text) IS
    'What ALTER ROLE and ALTER DATABASE … SET have laid down for a session of a role in a database, each as name=value; NULL: nothing.';
