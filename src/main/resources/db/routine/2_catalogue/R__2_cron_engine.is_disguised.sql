CREATE OR REPLACE FUNCTION cron_engine.is_disguised(stack text, role_name text)
RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    -- PostgreSQL tells a function neither for whom its caller acts nor who its callers are, but for the text of its error context.
    -- What is called from nowhere but from here is the usual case.
    IF stack !~ $re$(?n)^(?!PL/pgSQL function cron(_engine)?\.|SQL function "(may_schedule_for)")\S+ function $re$ THEN
        RETURN false;
    END IF;
    RETURN EXISTS (
        SELECT
          FROM pg_proc p
          JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE p.prosecdef AND p.proowner <> (SELECT r.oid FROM pg_roles r WHERE r.rolname = role_name)
               AND n.nspname NOT IN ('cron', 'cron_engine')
               AND (strpos(stack, format('function %I(', p.proname)) > 0
                    OR strpos(stack, format('function %I.%I(', n.nspname, p.proname)) > 0
                    OR strpos(stack, format('function "%s"', p.proname)) > 0));
END;
$body$;
COMMENT ON FUNCTION cron_engine.is_disguised(text, text) IS
    'Whether a SECURITY DEFINER function of another role is among the callers: it acts for its owner, the session''s role does not know what it does.';
