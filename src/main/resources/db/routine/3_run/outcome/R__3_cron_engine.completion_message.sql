CREATE OR REPLACE FUNCTION cron_engine.completion_message(command text, conforming boolean, row_count bigint)
RETURNS text
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_last text;
    v_all  text[];
    v_rows boolean := false;
BEGIN
    -- Usually there is one statement, and no doubt: a semicolon is nowhere but at the end, or the body of a DO is all there is.
    IF (command ~* $re$^\s*(?:insert|update|delete|merge|call)\M[^;]*;?\s*$$re$ COLLATE "C" AND command !~* 'returning' COLLATE "C")
       OR command ~* $re$^\s*do\s*\$\$(?:[^$]|\$[^$])*\$\$\s*;?\s*$$re$ COLLATE "C" THEN
        v_last := lower(substring(command COLLATE "C" FROM '[A-Za-z]+'));
    ELSE
        -- Of several statements the last one speaks, as in pg_cron.
        v_all := cron_engine.statements(command, conforming);
        v_last := v_all[cardinality(v_all)];
        v_rows := v_last IS NULL OR cron_engine.row_columns(v_last) IS DISTINCT FROM 0;
    END IF;
    RETURN CASE WHEN v_rows THEN cron_engine.row_message(row_count)
                ELSE CASE cron_engine.verb(v_last)
                     WHEN 'insert' THEN 'INSERT 0 ' || row_count
                     WHEN 'update' THEN 'UPDATE ' || row_count
                     WHEN 'delete' THEN 'DELETE ' || row_count
                     WHEN 'merge' THEN 'MERGE ' || row_count
                     WHEN 'copy' THEN 'COPY ' || row_count
                     WHEN 'select' THEN 'SELECT ' || row_count
                     WHEN 'call' THEN CASE row_count WHEN 0 THEN 'CALL' ELSE cron_engine.row_message(row_count) END
                     WHEN 'execute' THEN cron_engine.row_message(row_count)
                     WHEN 'do' THEN 'DO'
                     WHEN 'create' THEN cron_engine.creation_message(v_last, row_count)
                     ELSE cron_engine.command_tag(v_last) END END;
END;
$body$;
COMMENT ON FUNCTION cron_engine.completion_message(text, boolean, bigint) IS
    'What libpq would say of a command that succeeded, as pg_cron records it: its tag, or how many rows it returned. conforming: standard_conforming_strings.';
