CREATE OR REPLACE FUNCTION cron_engine.may_wait(exact_at timestamptz)
RETURNS boolean
LANGUAGE sql
AS $body$
    -- No search_path is pinned, so that it can be inlined.
    SELECT exact_at OPERATOR(pg_catalog.<) (pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) interval '5 ms')
$body$;
COMMENT ON FUNCTION cron_engine.may_wait(timestamptz) IS
    'Whether the daemon may wait the part of a millisecond, in which pg_sleep does not count, away: not so often that it would cost much. exact_at: when it last did.';
