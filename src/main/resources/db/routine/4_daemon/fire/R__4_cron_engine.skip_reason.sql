CREATE OR REPLACE FUNCTION cron_engine.skip_reason(
    now timestamptz, late boolean, catch_up text, overlap text, start_before timestamptz, running boolean, waiting boolean)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it is that of its caller, who pins it.
    SELECT CASE WHEN late AND catch_up = 'skip' THEN 'missed: the scheduler was not running'
                WHEN start_before <= now THEN 'start deadline passed'
                WHEN overlap = 'skip' AND (running OR waiting) THEN 'the job was still running'
                WHEN overlap = 'queue' AND waiting AND catch_up <> 'all' THEN 'another run of the job was waiting' END
$body$;
COMMENT ON FUNCTION cron_engine.skip_reason(timestamptz, boolean, text, text, timestamptz, boolean, boolean) IS
    'Why a fire leads to no run; NULL: it does.';
