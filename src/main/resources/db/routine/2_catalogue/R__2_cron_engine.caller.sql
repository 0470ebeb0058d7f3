CREATE OR REPLACE FUNCTION cron_engine.caller()
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
AS $body$
-- No search_path is pinned: a SET clause would cost more than the rest. All names are qualified.
DECLARE
    -- Inside a SECURITY DEFINER function current_user is its owner; who called is the role last SET, or else the role that logged in.
    v_role  text := CASE WHEN pg_catalog.current_setting('role') OPERATOR(pg_catalog.=) 'none'
                         THEN SESSION_USER ELSE pg_catalog.current_setting('role') END;
    v_stack text;
BEGIN
    PERFORM cron_engine.refuse_restricted_operation();
    GET DIAGNOSTICS v_stack = PG_CONTEXT;
    -- A foreign key's cascade executes triggers as the owner of their table, for whoever deletes a row: that is the second trigger in a row.
    IF pg_catalog.pg_trigger_depth() OPERATOR(pg_catalog.>) 1 OR cron_engine.is_disguised(v_stack, v_role) THEN
        RAISE EXCEPTION 'permission denied: for whom this is called cannot be told'
            USING ERRCODE = 'insufficient_privilege',
                  HINT = 'Do not call it from a SECURITY DEFINER function of another role, nor from a trigger that a trigger set off.';
    END IF;
    RETURN v_role;
END;
$body$;
COMMENT ON FUNCTION cron_engine.caller() IS 'The role on whose behalf a SECURITY DEFINER function was called.';
