CREATE OR REPLACE FUNCTION cron_engine.lexical_rules(conforming boolean, OUT simple text, OUT opening text, OUT blanked text)
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- As in scan.l: all that is not ASCII is a letter, and a carriage return ends a line, too. A | makes a regular expression greedy,
    -- whatever its parts say: each part is written so that it has one end only.
    c_letter  CONSTANT text := $re$[^\u0001-@\[-\^`{-\u007f]$re$;
    c_tag     CONSTANT text := $re$[^\u0001-/:-@\[-\^`{-\u007f]$re$;
    c_part    CONSTANT text := $re$[^\u0001-#%-/:-@\[-\^`{-\u007f]$re$;
    c_other   CONSTANT text := $re$[\u0001-!#%&(-,.0-@\[-\^`{-\u007f]$re$;
    c_comment CONSTANT text := $re$--[^\n\r]*(?![^\n\r])|/\*(?:[^*/]|\*(?!/)|/(?!\*))*\*/$re$;
    c_name    CONSTANT text := '(?:")[^"]*"';
    c_strict  CONSTANT text := '(?:'')[^'']*''';
    c_escaped CONSTANT text := $re$(?:')(?:[^'\\]|\\.|'')*'(?!')$re$;
    -- After a line break a string goes on.
    c_break   CONSTANT text := $re$(?:[ \t\f\v]|--[^\n\r]*)*[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*$re$;
    c_e       CONSTANT text := '[eE]' || c_escaped || '(?:' || c_break || c_escaped || ')*(?!' || c_break || ''')';
    c_plain   CONSTANT text := CASE WHEN conforming THEN c_strict ELSE c_escaped END;
BEGIN
    simple := '^(?:' || concat_ws('|', c_comment, c_name, c_plain, c_e, '[bBxX]' || c_strict,
                                  '(?:' || c_letter || c_part || '+|(?![bBxXeE])' || c_letter || ')' || c_plain,
                                  c_letter || c_part || '*(?!''|' || c_part || ')',
                                  '-(?!-)', $re$/(?!\*)$re$, $re$\$(?!(?:$re$ || c_letter || c_tag || $re$*)?\$)$re$, c_other) || ')*';
    opening := $re$^(?:/\*|\$(?:$re$ || c_letter || c_tag || $re$*)?\$)$re$;
    blanked := concat_ws('|', c_comment, replace(c_name, '?:', ''), replace(c_plain, '(?:'')', '('')'),
                         '(?<!' || c_part || ')' || regexp_replace(c_e, $re$\(\?:'\)$re$, '('')'),
                         '(?<!' || c_part || ')[bBxX]' || replace(c_strict, '?:', ''));
END;
$body$;
COMMENT ON FUNCTION cron_engine.lexical_rules(boolean) IS
    'Regular expressions for PostgreSQL''s lexical rules. simple: all up to a dollar quote or a nested comment; opening: how either begins; blanked: comments, strings and quoted names, with their first quote captured.';
