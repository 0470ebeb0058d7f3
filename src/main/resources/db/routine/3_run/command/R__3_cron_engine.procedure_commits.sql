-- No search_path is pinned: the procedure is the one that the role's own search_path finds.

CREATE OR REPLACE FUNCTION cron_engine.procedure_commits(name text[], depth integer)
RETURNS boolean
LANGUAGE plpgsql STABLE STRICT
AS $body$
BEGIN
    RETURN EXISTS (
        SELECT FROM pg_catalog.pg_proc p
         WHERE p.proname OPERATOR(pg_catalog.=) name[pg_catalog.cardinality(name)]::pg_catalog.name
               AND p.prokind OPERATOR(pg_catalog.=) 'p'::"char"
               AND CASE WHEN pg_catalog.cardinality(name) OPERATOR(pg_catalog.=) 1 THEN pg_catalog.pg_function_is_visible(p.oid)
                        ELSE p.pronamespace OPERATOR(pg_catalog.=) pg_catalog.to_regnamespace(
                                 pg_catalog.quote_ident(name[pg_catalog.cardinality(name) OPERATOR(pg_catalog.-) 1])) END
               -- One that is of the definer, or has settings of its own, may not commit.
               AND NOT p.prosecdef AND p.proconfig IS NULL
               -- Most say none of that.
               AND p.prosrc OPERATOR(pg_catalog.~*) 'commit|rollback|call' COLLATE pg_catalog."C"
               AND cron_engine.body_commits(p.prosrc, depth));
EXCEPTION WHEN insufficient_privilege THEN
    -- Where the catalogue is closed, the first run finds out.
    RETURN false;
END;
$body$;
COMMENT ON FUNCTION cron_engine.procedure_commits(text[], integer) IS 'Whether the text of a procedure, or of one that it calls, says that it commits.';
