CREATE OR REPLACE FUNCTION cron_engine.close_foreign_connections()
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- The extension's own, in whatever schema it is.
    v_close text := (SELECT format('SELECT %I.%I()', n.nspname, p.proname)
                       FROM pg_extension e
                       JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
                                           AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
                       JOIN pg_proc p ON p.oid = d.objid AND p.proname = 'postgres_fdw_disconnect_all'
                       JOIN pg_namespace n ON n.oid = p.pronamespace
                      WHERE e.extname = 'postgres_fdw' AND has_function_privilege(p.oid, 'EXECUTE') AND has_schema_privilege(n.oid, 'USAGE'));
BEGIN
    IF v_close IS NOT NULL THEN
        EXECUTE v_close;
    END IF;
END;
$body$;
COMMENT ON FUNCTION cron_engine.close_foreign_connections() IS 'Closes the connections that postgres_fdw keeps in this session. It leaves those that the present transaction used: call it in the next one.';
