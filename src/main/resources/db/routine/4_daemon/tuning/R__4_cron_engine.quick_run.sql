-- FINDINGS.md: "Six that get on with the queue are enough; more are started only for runs that last"

CREATE OR REPLACE FUNCTION cron_engine.quick_run()
RETURNS interval
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it names nothing.
    SELECT interval '25 ms'
$body$;
COMMENT ON FUNCTION cron_engine.quick_run() IS
    'For how long after a worker has begun a run it is taken to be ready for the next one soon. Longer, and its run is one that lasts.';
