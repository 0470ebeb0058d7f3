-- No search_path is pinned: a procedure that is called is the one that the role's own search_path finds.

CREATE OR REPLACE FUNCTION cron_engine.body_commits(body text, depth integer)
RETURNS boolean
LANGUAGE plpgsql STABLE STRICT
AS $body$
DECLARE
    v_text text;
BEGIN
    -- Most say neither.
    IF body COLLATE pg_catalog."C" OPERATOR(pg_catalog.!~*) $re$(\m|spi_)(commit|rollback|call)\M$re$ THEN
        RETURN false;
    END IF;
    v_text := cron_engine.lex(body, true);
    -- COMMIT; of PL/pgSQL, and commit() of other languages.
    IF v_text OPERATOR(pg_catalog.~) $re$(\m|spi_)(commit|rollback)\s*(and\s+(no\s+)?chain\s*)?[;(]$re$ THEN
        RETURN true;
    END IF;
    RETURN depth OPERATOR(pg_catalog.>) 0 AND EXISTS (
        SELECT FROM pg_catalog.regexp_matches(v_text, $re$\mcall\s+([a-z0-9_.]+)\s*\($re$, 'g') m
         WHERE cron_engine.procedure_commits(pg_catalog.string_to_array(m[1], '.'), depth OPERATOR(pg_catalog.-) 1));
END;
$body$;
COMMENT ON FUNCTION cron_engine.body_commits(text, integer) IS
    'Whether the body of a procedure or of a DO says that it commits, or calls a procedure that does; depth: so many calls deep.';
