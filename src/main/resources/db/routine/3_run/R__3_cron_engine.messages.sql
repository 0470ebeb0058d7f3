CREATE OR REPLACE FUNCTION cron_engine.bare_command(command text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- Comments, strings and quoted names become nothing or x; it is only read for its keywords, so the rare text that
    -- this misreads (nested comments) gets another message, not another meaning.
    SELECT btrim(regexp_replace(regexp_replace(left(command, 100000),
               $re$/\*.*?\*/|--[^\n]*$re$, ' ', 'g'),
               $re$'(?:[^']|'')*'|"[^"]*"|\$([A-Za-z_]*)\$.*?\$\1\$$re$, 'x', 'g'), E' \t\r\n;')
$body$;
COMMENT ON FUNCTION cron_engine.bare_command(text) IS 'A command''s text without comments, strings and quoted names.';

CREATE OR REPLACE FUNCTION cron_engine.returns_rows(command text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $body$
    -- A guess that may be wrong either way: run_command copes with both. No search_path is pinned, so that it is inlined.
    SELECT command OPERATOR(pg_catalog.~*) '^[\s(]*(/\*|--|(select|with|values|table|show|explain|fetch)\M)'
           OR command OPERATOR(pg_catalog.~*) '\mreturning\M'
$body$;
COMMENT ON FUNCTION cron_engine.returns_rows(text) IS 'Whether a command looks as if it returned rows.';

CREATE OR REPLACE FUNCTION cron_engine.row_message(row_count bigint)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $body$
    SELECT CASE WHEN row_count OPERATOR(pg_catalog.=) 1 THEN '1 row' ELSE row_count::text OPERATOR(pg_catalog.||) ' rows' END
$body$;
COMMENT ON FUNCTION cron_engine.row_message(bigint) IS 'What libpq''s clients say of a command that returned rows.';

CREATE OR REPLACE FUNCTION cron_engine.completion_message(command text, row_count bigint)
RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- Of several statements the last one speaks, as in pg_cron.
    v_last text := ltrim(regexp_replace(cron_engine.bare_command(command), '^.*;', ''), E' \t\r\n(');
    v_verb text := upper(coalesce(substring(v_last FROM '^\w+'), ''));
    v_noun text;
BEGIN
    IF v_verb = 'WITH' THEN
        v_verb := cron_engine.verb_after_with(v_last);
    END IF;
    IF v_verb = '' OR v_verb IN ('SELECT', 'VALUES', 'TABLE', 'SHOW', 'EXPLAIN') OR v_last ~* '\mreturning\M' THEN
        RETURN cron_engine.row_message(row_count);
    ELSIF v_last ~* '^create\s+([a-z]+\s+)*(table|materialized\s+view)\M.*\mas\s*\(*\s*(select|with|values|table|execute)\M' THEN
        RETURN 'SELECT ' || row_count;
    ELSIF v_verb IN ('CREATE', 'DROP', 'ALTER', 'REFRESH', 'DISCARD', 'SECURITY', 'IMPORT', 'REASSIGN', 'LOCK') THEN
        -- CREATE TABLE, CREATE INDEX, REFRESH MATERIALIZED VIEW: the tag names the kind of object too.
        v_noun := upper(substring(regexp_replace(v_last,
            '\m(or replace|temp|temporary|unlogged|global|local|unique|recursive|concurrently|constraint|trusted|procedural)\s+', '', 'gi')
            FROM '^\w+\s+((?:materialized view|foreign table|foreign data wrapper|event trigger|user mapping|text search \w+|access method|operator \w+|foreign schema|large object|default privileges|\w+))'));
        RETURN concat_ws(' ', v_verb, v_noun);
    END IF;
    RETURN CASE v_verb WHEN 'INSERT' THEN 'INSERT 0 ' || row_count
                       WHEN 'UPDATE' THEN 'UPDATE ' || row_count
                       WHEN 'DELETE' THEN 'DELETE ' || row_count
                       WHEN 'MERGE' THEN 'MERGE ' || row_count
                       WHEN 'COPY' THEN 'COPY ' || row_count
                       WHEN 'TRUNCATE' THEN 'TRUNCATE TABLE'
                       WHEN 'DECLARE' THEN 'DECLARE CURSOR'
                       WHEN 'CLOSE' THEN 'CLOSE CURSOR'
                       ELSE v_verb END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.completion_message(text, bigint) IS
    'What libpq would say of a command that succeeded, as pg_cron records it: its tag, or how many rows it returned.';

CREATE OR REPLACE FUNCTION cron_engine.verb_after_with(bare_command text)
RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_text text := bare_command;
    v_next text;
BEGIN
    -- Parentheses are peeled off from the inside until only the outermost statement is left.
    LOOP
        v_next := regexp_replace(v_text, '\([^()]*\)', ' ', 'g');
        EXIT WHEN v_next = v_text;
        v_text := v_next;
    END LOOP;
    RETURN upper(coalesce(substring(v_text FROM '(?i)\m(select|insert|update|delete|merge|values|table)\M'), 'SELECT'));
END;
$body$;
COMMENT ON FUNCTION cron_engine.verb_after_with(text) IS 'The verb of a statement that begins with WITH.';

CREATE OR REPLACE FUNCTION cron_engine.error_message(command text, state text, message text, detail text, hint text, context text)
RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- The engine's own frames are the outermost ones of the context; the text is that of libpq, as pg_cron records it.
    SELECT CASE WHEN state = '0A000' AND message LIKE 'cannot COPY to/from client%' THEN 'COPY not supported'
                ELSE left(concat_ws(E'\n', 'ERROR:  ' || message, 'DETAIL:  ' || nullif(detail, ''), 'HINT:  ' || nullif(hint, ''),
                               'CONTEXT:  ' || nullif(rtrim(regexp_replace(replace(
                                    split_part(split_part(context, 'PL/pgSQL function cron_engine.run_command(', 1),
                                               'PL/pgSQL function cron_engine.execute(', 1),
                                    'SQL statement "' || command || '"', ''), '(^|\n)SQL statement "SET CONSTRAINTS ALL IMMEDIATE"\s*$', ''), E'\n'), '')), 100000) END
$body$;
COMMENT ON FUNCTION cron_engine.error_message(text, text, text, text, text, text) IS 'An error as libpq would show it, without the engine''s own frames.';
