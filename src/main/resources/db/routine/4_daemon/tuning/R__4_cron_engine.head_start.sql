-- FINDINGS.md: "A fire is queued 5 ms ahead of its time"

CREATE OR REPLACE FUNCTION cron_engine.head_start()
RETURNS interval
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it names nothing.
    SELECT interval '5 ms'
$body$;
COMMENT ON FUNCTION cron_engine.head_start() IS
    'How long before its time the daemon queues a fire, so that a worker is ready when the time has come.';
