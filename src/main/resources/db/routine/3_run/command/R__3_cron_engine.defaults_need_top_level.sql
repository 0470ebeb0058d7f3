CREATE OR REPLACE FUNCTION cron_engine.defaults_need_top_level(command text, conforming boolean)
RETURNS boolean
LANGUAGE sql STABLE
AS $body$
    -- No search_path is pinned, so that it is inlined. The daemon, which sees to statement_timeout, does not know where one statement
    -- ends and the next begins; a transaction in which a record is written does not wait for its snapshot.
    SELECT pg_catalog.current_setting('statement_timeout') OPERATOR(pg_catalog.<>) '0' AND command OPERATOR(pg_catalog.~) ';'
              AND pg_catalog.cardinality(cron_engine.statements(command, conforming)) OPERATOR(pg_catalog.>) 1
           OR pg_catalog.current_setting('default_transaction_deferrable') OPERATOR(pg_catalog.=) 'on'
              AND pg_catalog.current_setting('default_transaction_read_only') OPERATOR(pg_catalog.=) 'on'
              AND pg_catalog.current_setting('default_transaction_isolation') OPERATOR(pg_catalog.=) 'serializable'
$body$;
COMMENT ON FUNCTION cron_engine.defaults_need_top_level(text, boolean) IS 'Whether a command must go to top level for the defaults of its role to mean what they say.';
