-- FINDINGS.md: "Sweeps and the news of starts wait until nothing else is to be done"

CREATE OR REPLACE FUNCTION cron_engine.fire_is_next()
RETURNS interval
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it names nothing.
    SELECT interval '15 ms'
$body$;
COMMENT ON FUNCTION cron_engine.fire_is_next() IS
    'How long before a fire the daemon does nothing else that takes some milliseconds.';
