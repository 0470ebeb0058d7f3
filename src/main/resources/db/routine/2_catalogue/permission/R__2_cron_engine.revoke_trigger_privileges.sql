CREATE OR REPLACE FUNCTION cron_engine.revoke_trigger_privileges()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_grant record;
BEGIN
    -- GRANT ALL ON ALL TABLES gives these, too. A trigger is executed as whoever writes, and here that is the engine's owner. A foreign key
    -- keeps rows from being removed, or has who removes them wait for what its own table does.
    FOR v_grant IN
        SELECT DISTINCT c.relname, a.privilege_type, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END AS grantee
          FROM pg_class c
         CROSS JOIN LATERAL (SELECT c.relacl UNION ALL SELECT t.attacl FROM pg_attribute t WHERE t.attrelid = c.oid) s (acl)
         CROSS JOIN LATERAL aclexplode(s.acl) a
          LEFT JOIN pg_roles r ON r.oid = a.grantee
         WHERE c.relnamespace = 'cron'::regnamespace AND c.relkind IN ('r', 'v') AND a.privilege_type IN ('TRIGGER', 'REFERENCES')
               AND NOT coalesce(cron_engine.is_administrator(r.rolname::text), false)
    LOOP
        EXECUTE format('REVOKE %s ON cron.%I FROM %s CASCADE', v_grant.privilege_type, v_grant.relname, v_grant.grantee);
        RAISE LOG 'cronlink: revoked % on cron.% from %: what it allows would be executed by the engine''s owner',
            v_grant.privilege_type, v_grant.relname, v_grant.grantee;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.revoke_trigger_privileges() IS 'Takes from all but administrators the privileges to put triggers on the tables of schema cron, and to refer to them by foreign keys.';
