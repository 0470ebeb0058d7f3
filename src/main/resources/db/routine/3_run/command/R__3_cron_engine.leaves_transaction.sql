-- No search_path is pinned: a procedure that is called is the one that the role's own search_path finds.

CREATE OR REPLACE FUNCTION cron_engine.leaves_transaction(command text, conforming boolean)
RETURNS boolean
LANGUAGE plpgsql STABLE
AS $body$
DECLARE
    v_all text[];
BEGIN
    -- The usual case first.
    IF command OPERATOR(pg_catalog.~) $re$^\s*[Cc][Aa][Ll][Ll]\s+[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?\([^;]*;?\s*$$re$ COLLATE pg_catalog."C" THEN
        RETURN cron_engine.procedure_commits(pg_catalog.parse_ident(pg_catalog.split_part(pg_catalog.substr(
                   pg_catalog.ltrim(command, E' \t\n\r\f\v'), 5), '(', 1)), 5);
    ELSIF cron_engine.procedure_commits(cron_engine.called_procedure(command), 5)
          OR cron_engine.body_commits(cron_engine.done_body(command), 5) THEN
        RETURN true;
    END IF;
    v_all := cron_engine.statements(command, conforming);
    RETURN cron_engine.statements_leave(v_all, command)
           -- Where it is not alone it may not commit, here or there.
           OR EXISTS (SELECT FROM pg_catalog.unnest(v_all) s
                       WHERE cron_engine.procedure_commits(pg_catalog.string_to_array(pg_catalog.substring(s, '^call ([^ {"]+)'), '.'), 5));
END;
$body$;
COMMENT ON FUNCTION cron_engine.leaves_transaction(text, boolean) IS
    'Whether a command''s text tells that it will be refused in a transaction after it has done something there, or that it works otherwise there.';
