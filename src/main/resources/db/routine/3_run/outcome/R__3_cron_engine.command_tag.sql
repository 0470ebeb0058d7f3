CREATE OR REPLACE FUNCTION cron_engine.command_tag(statement text)
RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_verb text := substring(statement FROM '^[a-z]+');
    v_noun text;
BEGIN
    IF v_verb IN ('create', 'drop', 'alter') THEN
        -- CREATE TABLE, CREATE INDEX: the tag names the kind of object too.
        v_noun := substring(regexp_replace(statement,
            $re$^[a-z]+ (?:(?:or replace|temp|temporary|unlogged|global|local|unique|recursive|constraint|trusted|procedural|default(?= conversion\M)) )*$re$, '')
            FROM '^(?:materialized view|foreign table|foreign data wrapper|event trigger|user mapping|text search [a-z]+|access method|operator class|operator family|large object|default privileges|[a-z]+)');
        RETURN upper(concat_ws(' ', v_verb, CASE WHEN v_noun IN ('user', 'group') THEN 'role' ELSE v_noun END) COLLATE "C");
    END IF;
    RETURN CASE WHEN v_verb IN ('discard', 'reassign') THEN upper(replace(substring(statement FROM '^[a-z]+ [a-z]+'), 'temporary', 'temp') COLLATE "C")
                WHEN v_verb IN ('grant', 'revoke') AND statement !~ $re$\mon\M$re$ THEN upper(v_verb COLLATE "C") || ' ROLE'
                WHEN v_verb = 'truncate' THEN 'TRUNCATE TABLE'
                WHEN v_verb = 'refresh' THEN 'REFRESH MATERIALIZED VIEW'
                WHEN v_verb = 'declare' THEN 'DECLARE CURSOR'
                WHEN v_verb = 'close' THEN CASE WHEN statement = 'close all' THEN 'CLOSE CURSOR ALL' ELSE 'CLOSE CURSOR' END
                WHEN v_verb = 'deallocate' AND statement ~ '^deallocate (prepare )?all$' THEN 'DEALLOCATE ALL'
                WHEN v_verb = 'lock' THEN 'LOCK TABLE'
                WHEN v_verb = 'security' THEN 'SECURITY LABEL'
                WHEN v_verb = 'import' THEN 'IMPORT FOREIGN SCHEMA'
                WHEN v_verb = 'set' AND statement ~ $re$^set constraints\M$re$ THEN 'SET CONSTRAINTS'
                WHEN v_verb = 'analyse' THEN 'ANALYZE'
                ELSE upper(v_verb COLLATE "C") END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.command_tag(text) IS
    'The tag with which the server ends a statement that can be in a transaction and returns neither rows nor their number. Of a statement as in cron_engine.statements.';
