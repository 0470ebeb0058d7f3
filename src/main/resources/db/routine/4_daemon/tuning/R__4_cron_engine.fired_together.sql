-- FINDINGS.md: "What is due within 20 ms of a fire is queued with it"

CREATE OR REPLACE FUNCTION cron_engine.fired_together()
RETURNS interval
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it names nothing.
    SELECT interval '20 ms'
$body$;
COMMENT ON FUNCTION cron_engine.fired_together() IS
    'How long after the first timer that fires another one may be due that fires with it: once workers are busy, a tick takes its time.';
