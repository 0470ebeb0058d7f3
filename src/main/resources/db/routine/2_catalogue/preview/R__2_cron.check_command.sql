CREATE OR REPLACE FUNCTION cron.check_command(command text, syntax_only boolean DEFAULT false)
RETURNS TABLE (sqlstate text, message text, hint text)
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned: names are to be found as the caller finds them.
#variable_conflict use_column
DECLARE
    v_hint text;
BEGIN
    -- The body of a function is parsed and its names are looked up when it is made; what becomes of the function is undone.
    EXECUTE pg_catalog.format('CREATE FUNCTION pg_temp.cronlink_checked_command() RETURNS void LANGUAGE sql AS %L', command);
    RAISE EXCEPTION USING ERRCODE = 'CL000';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS v_hint = PG_EXCEPTION_HINT;
    IF SQLSTATE OPERATOR(pg_catalog.=) 'CL000' OR syntax_only AND SQLSTATE OPERATOR(pg_catalog.<>) '42601' THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT SQLSTATE, SQLERRM, nullif(v_hint, '');
END;
$body$;
COMMENT ON FUNCTION cron.check_command(text, boolean) IS
    'What is wrong with a command, as far as can be told without executing it: no row, or one with SQLSTATE, message and hint. Names are looked up in this database, as those of the caller, and not if syntax_only; a statement that needs what an earlier one of the same command makes is reported, too. Needs the right to make temporary objects.';
