-- FINDINGS.md: "the daemon records what still runs after 20 ms"

CREATE OR REPLACE FUNCTION cron_engine.lasting_run()
RETURNS interval
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it names nothing.
    SELECT interval '20 ms'
$body$;
COMMENT ON FUNCTION cron_engine.lasting_run() IS
    'After how long a run is recorded in the history, and notified of, as running. Most end sooner, and are written once.';
