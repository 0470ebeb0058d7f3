CREATE OR REPLACE FUNCTION cron_engine.lex(command text, conforming boolean)
RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- Constants, so that they are made once for a session.
    c_rules CONSTANT record := CASE WHEN conforming THEN cron_engine.lexical_rules(true) ELSE cron_engine.lexical_rules(false) END;
    -- A long text is read piece by piece, so that each quote costs its own length and not that of all that follows it.
    v_parts text[] := CASE WHEN length(command) > 4000
                           THEN array(SELECT m[1] FROM regexp_matches(command, '.{1,250}', 'g') WITH ORDINALITY AS x (m, n) ORDER BY n)
                           ELSE ARRAY[command] END;
    v_taken integer := 0;
    v_step  integer := 8;
    v_rest  text := '';
    v_head  integer;
    v_tag   text;
    v_end   bigint;
    v_bare  text[] := '{}';
BEGIN
    LOOP
        v_head := length(substring(v_rest FROM c_rules.simple));
        v_tag := substring(substr(v_rest, v_head + 1) FROM c_rules.opening);
        v_end := CASE WHEN v_tag = '/*' THEN v_head + coalesce(cron_engine.comment_length(substr(v_rest, v_head + 1, 200)),
                                                               cron_engine.comment_length(substr(v_rest, v_head + 1)))
                      ELSE v_head + length(v_tag) + length(split_part(substr(v_rest, v_head + length(v_tag) + 1), v_tag, 1)) + length(v_tag) END;
        IF v_taken < cardinality(v_parts) AND (v_end IS NULL OR v_end >= length(v_rest)) THEN
            -- What comes may belong to the last token.
            v_rest := v_rest || array_to_string(v_parts[v_taken + 1 : v_taken + v_step], '');
            v_taken := v_taken + v_step;
            v_step := v_step * 2;
            CONTINUE;
        END IF;
        v_bare := v_bare || regexp_replace(left(v_rest, v_head), c_rules.blanked, $re$ \1\2\3\4 $re$, 'g')
                         || CASE WHEN v_tag LIKE '$%' THEN ' '' ' ELSE ' ' END;
        -- What is never closed goes up to the end.
        EXIT WHEN v_end IS NULL OR v_end >= length(v_rest);
        v_rest := substr(v_rest, v_end::integer + 1);
        v_step := 8;
    END LOOP;
    RETURN lower(array_to_string(v_bare, '') COLLATE "C");
END;
$body$;
COMMENT ON FUNCTION cron_engine.lex(text, boolean) IS
    'A command''s text in lower case as PostgreSQL''s scanner reads it: each comment is a blank, each string a single apostrophe, each quoted name a single quotation mark. conforming: standard_conforming_strings.';
