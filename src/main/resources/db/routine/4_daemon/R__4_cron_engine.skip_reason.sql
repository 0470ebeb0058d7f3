CREATE OR REPLACE FUNCTION cron_engine.skip_reason(
    now timestamptz, late boolean, catch_up text, overlap text, start_before timestamptz, running bigint, waiting bigint)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it is that of its caller, who pins it.
    SELECT CASE WHEN late AND catch_up = 'skip' THEN 'missed: the scheduler was not running'
                WHEN start_before <= now THEN 'start deadline passed'
                WHEN overlap = 'skip' AND running + waiting > 0 THEN 'the job was still running'
                WHEN overlap = 'queue' AND waiting > 0 AND catch_up <> 'all' THEN 'another run of the job was waiting' END
$body$;
COMMENT ON FUNCTION cron_engine.skip_reason(timestamptz, boolean, text, text, timestamptz, bigint, bigint) IS
    'Why a fire leads to no run; NULL: it does.';
