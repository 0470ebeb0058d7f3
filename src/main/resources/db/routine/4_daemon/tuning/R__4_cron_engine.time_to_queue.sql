-- FINDINGS.md: "All are queued ahead, by 70 µs each"

CREATE OR REPLACE FUNCTION cron_engine.time_to_queue(runs bigint)
RETURNS interval
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined.
    SELECT runs OPERATOR(pg_catalog.*) interval '70 microseconds'
$body$;
COMMENT ON FUNCTION cron_engine.time_to_queue(bigint) IS
    'How long the daemon takes to queue so many runs that are due at one time.';
