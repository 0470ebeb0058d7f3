CREATE OR REPLACE FUNCTION cron_engine.hide_statement()
RETURNS void
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned: a SET clause would undo the setting made here.
BEGIN
    PERFORM pg_catalog.set_config('log_min_error_statement', 'panic', true);
EXCEPTION WHEN insufficient_privilege THEN
    -- It is a superuser's to set, or from PostgreSQL 15 on of whom one has granted that to.
    NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.hide_statement() IS
    'Keeps the text of the current statement, should it fail, out of the server''s log, where the engine''s owner may. For statements with a password; undone at the end of the transaction.';
