CREATE OR REPLACE FUNCTION cron_engine.completion_message(command text, row_count bigint)
RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    -- Of several statements the last one speaks, as in pg_cron.
    v_last text := ltrim(regexp_replace(cron_engine.bare_command(command), '^.*;', ''), E' \t\r\n(');
    v_verb text := upper(coalesce(substring(v_last FROM $re$^\w+$re$), ''));
    v_noun text;
BEGIN
    IF v_verb = 'WITH' THEN
        v_verb := cron_engine.verb_after_with(v_last);
    END IF;
    IF v_verb = '' OR v_verb IN ('SELECT', 'VALUES', 'TABLE', 'SHOW', 'EXPLAIN') OR v_last ~* $re$\mreturning\M$re$ THEN
        RETURN cron_engine.row_message(row_count);
    ELSIF v_last ~* $re$^create\s+([a-z]+\s+)*(table|materialized\s+view)\M.*\mas\s*\(*\s*(select|with|values|table|execute)\M$re$ THEN
        RETURN 'SELECT ' || row_count;
    ELSIF v_verb IN ('CREATE', 'DROP', 'ALTER', 'REFRESH', 'DISCARD', 'SECURITY', 'IMPORT', 'REASSIGN', 'LOCK') THEN
        -- CREATE TABLE, CREATE INDEX, REFRESH MATERIALIZED VIEW: the tag names the kind of object too.
        v_noun := upper(substring(regexp_replace(v_last,
            $re$\m(or replace|temp|temporary|unlogged|global|local|unique|recursive|concurrently|constraint|trusted|procedural)\s+$re$, '', 'gi')
            FROM $re$^\w+\s+((?:materialized view|foreign table|foreign data wrapper|event trigger|user mapping|text search \w+|access method|operator \w+|foreign schema|large object|default privileges|\w+))$re$));
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
