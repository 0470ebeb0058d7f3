-- No search_path is pinned, see execute().

CREATE OR REPLACE FUNCTION cron_engine.execute_aside(command text, may_leave boolean)
RETURNS void
LANGUAGE plpgsql
AS $body$
DECLARE
    v_outcome cron_engine.outcome := cron_engine.execute(command, may_leave);
    v_done    text;
BEGIN
    -- More is not kept, see end_run().
    v_outcome.result := pg_catalog.left(v_outcome.result, 10000);
    v_done := pg_catalog.set_config('cronlink.outcome', v_outcome::text, true);
END;
$body$;
COMMENT ON FUNCTION cron_engine.execute_aside(text, boolean) IS
    'Executes a command as cron_engine.execute() does, and leaves its outcome in setting cronlink.outcome: EXPLAIN, which measures it, throws away what it returns.';
