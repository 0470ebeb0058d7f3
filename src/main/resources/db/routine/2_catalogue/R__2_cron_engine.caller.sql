CREATE OR REPLACE FUNCTION cron_engine.caller()
RETURNS text
LANGUAGE sql STABLE PARALLEL RESTRICTED
AS $body$
    -- No search_path is pinned: a SET clause would cost more than the rest. All names are qualified.
    -- Inside a SECURITY DEFINER function current_user is its owner; who called is the role last SET, or else the role that logged in.
    SELECT CASE WHEN pg_catalog.current_setting('role') OPERATOR(pg_catalog.=) 'none'
                THEN SESSION_USER::text ELSE pg_catalog.current_setting('role') END
$body$;
COMMENT ON FUNCTION cron_engine.caller() IS 'The role on whose behalf a SECURITY DEFINER function was called.';
