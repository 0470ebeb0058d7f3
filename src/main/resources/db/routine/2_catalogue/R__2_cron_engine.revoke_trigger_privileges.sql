CREATE OR REPLACE FUNCTION cron_engine.revoke_trigger_privileges()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_grant record;
BEGIN
    -- GRANT ALL ON ALL TABLES gives this one, too. A trigger is executed as whoever writes, and here that is the engine's owner.
    FOR v_grant IN
        SELECT DISTINCT c.relname, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END AS grantee
          FROM pg_class c
         CROSS JOIN LATERAL aclexplode(c.relacl) a
          LEFT JOIN pg_roles r ON r.oid = a.grantee
         WHERE c.relnamespace = 'cron'::regnamespace AND c.relkind IN ('r', 'v') AND a.privilege_type = 'TRIGGER'
               AND NOT coalesce(cron_engine.is_administrator(r.rolname::text), false)
    LOOP
        EXECUTE format('REVOKE TRIGGER ON cron.%I FROM %s CASCADE', v_grant.relname, v_grant.grantee);
        RAISE LOG 'cronlink: revoked TRIGGER on cron.% from %: its triggers would be executed as the engine''s owner', v_grant.relname, v_grant.grantee;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.revoke_trigger_privileges() IS 'Takes from all but administrators the privilege to put triggers on the tables of schema cron.';
