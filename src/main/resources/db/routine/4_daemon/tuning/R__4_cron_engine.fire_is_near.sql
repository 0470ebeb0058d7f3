-- FINDINGS.md: "Shortly before a fire the daemon does all of it with no job, which plans it"

CREATE OR REPLACE FUNCTION cron_engine.fire_is_near()
RETURNS interval
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it names nothing.
    SELECT interval '90 ms'
$body$;
COMMENT ON FUNCTION cron_engine.fire_is_near() IS
    'How long before a fire the daemon is not quiet any more: it plans what the fire needs, and queues ahead what is due at once. More than head_start() and time_to_queue() of 1,000 runs, see time_to_fire().';
