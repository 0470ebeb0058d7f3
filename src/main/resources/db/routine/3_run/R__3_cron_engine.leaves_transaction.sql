-- No search_path is pinned: a procedure that is called is the one that the role's own search_path finds.

CREATE OR REPLACE FUNCTION cron_engine.leaves_transaction(command text, conforming boolean)
RETURNS boolean
LANGUAGE plpgsql STABLE
AS $body$
DECLARE
    -- Comments in comments in comments.
    c_text  CONSTANT text := $re$(?:[^*/]|\*(?!/)|/(?!\*)|/\*%s\*/)*$re$;
    c_blank CONSTANT text := pg_catalog.format($re$(?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r]|/\*%s\*/)*$re$,
                                 pg_catalog.format(c_text, pg_catalog.format(c_text, pg_catalog.format(c_text, '(?!)'))));
    c_name  CONSTANT text := $re$(?:[^\u0001-@\[-\^`{-\u007f][^\u0001-#%-/:-@\[-\^`{-\u007f]*|"(?:[^"]|"")+")$re$;
    v_name  text := pg_catalog.substring(command COLLATE pg_catalog."C", $re$(?i)^\s*call\s+([a-z_][a-z0-9_.]*)\s*\($re$);
    v_do    text;
    v_tag   text;
    v_all   text[];
BEGIN
    IF v_name IS NULL AND command COLLATE pg_catalog."C" OPERATOR(pg_catalog.~*) 'call' THEN
        v_name := pg_catalog.substring(command COLLATE pg_catalog."C", pg_catalog.concat(
                      '(?i)^', c_blank, 'call', c_blank, '(', c_name, $re$(?:\s*\.\s*$re$, c_name, ')*)', c_blank, $re$\($re$));
    END IF;
    IF v_name IS NULL THEN
        v_do := pg_catalog.substring(command COLLATE pg_catalog."C", pg_catalog.concat(
                    '(?i)^', c_blank, 'do', c_blank, '(?:language', c_blank, c_name, c_blank, $re$)?((?:\$|e?').*)$$re$));
        v_tag := pg_catalog.substring(v_do, $re$^\$[^$']*\$$re$);
        v_do := coalesce(pg_catalog.split_part(v_do, v_tag, 2),
                         pg_catalog.replace(pg_catalog.substring(v_do, $re$'((?:[^']|'')*)'$re$), '''''', ''''));
    END IF;
    IF v_name IS NOT NULL AND cron_engine.procedure_commits(pg_catalog.parse_ident(v_name), 5) OR cron_engine.body_commits(v_do, 5) THEN
        RETURN true;
    ELSIF v_name IS NOT NULL AND command COLLATE pg_catalog."C" OPERATOR(pg_catalog.!~) $re$;\s*[^\s;]$re$ THEN
        RETURN false;
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
