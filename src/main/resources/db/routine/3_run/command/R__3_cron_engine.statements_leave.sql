CREATE OR REPLACE FUNCTION cron_engine.statements_leave(statements text[], command text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (SELECT FROM unnest(statements) s WHERE cron_engine.verb(s) = 'select' AND cron_engine.row_columns(s) = 0)
           OR cardinality(statements) > 1 AND (
              EXISTS (SELECT FROM unnest(statements) s
                       WHERE s ~ $re$^(begin|start transaction|commit|end|rollback|abort|savepoint|release|prepare transaction)\M$re$
                             -- What has to be alone fails there as well, but once.
                             OR s ~ $re$^(?:vacuum\M|(?:create|drop|alter) (?:database|tablespace|system|subscription)\M|(?:create|drop|alter|reindex) .*\mconcurrently\M)$re$
                             -- Inside a CALL, whose own time is running, a statement_timeout that the command sets would never be armed.
                             OR s ~ $re$^set (session |local )?(statement_timeout\M|")$re$ AND command ~* 'statement_timeout')
              OR command ~* $re$set_config\s*\(\s*'statement_timeout$re$
              -- What has been executed, and how many rows were passed over, only the server can say.
              OR statements[cardinality(statements)] ~ $re$^(execute|move)\M$re$)
$body$;
COMMENT ON FUNCTION cron_engine.statements_leave(text[], text) IS 'The same of several statements, or of one that is neither a CALL nor a DO.';
