CREATE OR REPLACE FUNCTION cron_engine.rehearse_run()
RETURNS void
LANGUAGE plpgsql
AS $body$
-- No search_path is pinned, see prepare_session().
DECLARE
    v_run     cron_engine.claim;
    v_outcome cron_engine.outcome;
    v_done    text;
BEGIN
    v_run.runid := -pg_catalog.pg_backend_pid();
    v_run.username := SESSION_USER;
    v_run.attempt := 1;
    v_done := pg_catalog.concat(cron_engine.begin_run(v_run.runid), cron_engine.prepare_session(v_run));
    v_outcome := cron_engine.execute('SELECT 1', true);
    v_done := pg_catalog.concat(cron_engine.reset_session(), cron_engine.rehearse_end(v_run.runid));
EXCEPTION WHEN OTHERS THEN
    -- What keeps a run from starting is told when one is there.
    NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.rehearse_run() IS
    'Does all that a run needs with one that is none, in a session that has not run any: its first one would otherwise wait for plans and libraries.';
