CREATE OR REPLACE FUNCTION cron_engine.revoke_engine_privileges()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_grant record;
BEGIN
    FOR v_grant IN
        SELECT DISTINCT c.relname, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS grantee
          FROM pg_class c
         CROSS JOIN LATERAL aclexplode(c.relacl) a
         WHERE c.relnamespace = 'cron_engine'::regnamespace AND a.grantee <> c.relowner
               AND NOT (c.relname IN ('request', 'question') AND a.grantee = 0 AND a.privilege_type = 'SELECT')
    LOOP
        EXECUTE format('REVOKE ALL ON cron_engine.%I FROM %s CASCADE', v_grant.relname, v_grant.grantee);
        RAISE LOG 'cronlink: revoked all on cron_engine.% from %: it is the engine''s own', v_grant.relname, v_grant.grantee;
    END LOOP;
    FOR v_grant IN
        SELECT DISTINCT p.oid::regprocedure AS routine, quote_ident(pg_get_userbyid(a.grantee)) AS grantee
          FROM pg_proc p
         CROSS JOIN LATERAL aclexplode(p.proacl) a
         WHERE p.pronamespace = 'cron_engine'::regnamespace AND a.grantee NOT IN (0, p.proowner)
    LOOP
        EXECUTE format('REVOKE ALL ON ROUTINE %s FROM %s CASCADE', v_grant.routine, v_grant.grantee);
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.revoke_engine_privileges() IS 'Takes from all but the owner what they may do with the engine''s tables and routines. Those that everybody needs are granted to PUBLIC.';
