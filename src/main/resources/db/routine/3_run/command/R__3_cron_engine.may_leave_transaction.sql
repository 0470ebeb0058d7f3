CREATE OR REPLACE FUNCTION cron_engine.may_leave_transaction(command text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $body$
    -- A CALL, a DO with such words, a SELECT INTO, several statements but for one DO. No search_path is pinned, so that it is inlined.
    SELECT command OPERATOR(pg_catalog.~*) $re$^\s*(--|/\*|\(|(call|select|with|do)\M)$re$ COLLATE pg_catalog."C"
              AND command OPERATOR(pg_catalog.~*)
                  $re$\m(call|commit|rollback)\M|spi_|(?<!\m(?:insert|merge)\s)\minto\M$re$ COLLATE pg_catalog."C"
           OR command OPERATOR(pg_catalog.~) $re$;\s*[^\s;]$re$ COLLATE pg_catalog."C"
              AND command OPERATOR(pg_catalog.!~*) $re$^\s*do\s*\$\$(?:[^$]|\$[^$])*\$\$\s*;?\s*$$re$ COLLATE pg_catalog."C"
              AND command OPERATOR(pg_catalog.~*)
                  $re$\m(begin|start|commit|end|rollback|abort|savepoint|release|prepare|move|execute|statement_timeout|call|vacuum|database|tablespace|system|subscription|concurrently)\M|\mselect\M.*(?<!\m(?:insert|merge)\s)\minto\M$re$ COLLATE pg_catalog."C"
$body$;
COMMENT ON FUNCTION cron_engine.may_leave_transaction(text) IS 'Whether a look at cron_engine.leaves_transaction is worth it.';
