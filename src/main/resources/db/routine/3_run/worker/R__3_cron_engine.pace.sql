CREATE OR REPLACE FUNCTION cron_engine.pace(before float8[], ended timestamptz, committed timestamptz, now timestamptz)
RETURNS float8[]
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined. The quickest was not kept waiting for a processor; it is forgotten by and by.
    -- Where the clock was set back, nothing was measured.
    SELECT ARRAY[least(before[1] OPERATOR(pg_catalog.*) 1.1,
                       CASE WHEN committed OPERATOR(pg_catalog.>) ended THEN pg_catalog.date_part('epoch', committed OPERATOR(pg_catalog.-) ended) END),
                 least(before[2] OPERATOR(pg_catalog.*) 1.1,
                       CASE WHEN now OPERATOR(pg_catalog.>) committed THEN pg_catalog.date_part('epoch', now OPERATOR(pg_catalog.-) committed) END)]
$body$;
COMMENT ON FUNCTION cron_engine.pace(float8[], timestamptz, timestamptz, timestamptz) IS
    'How many seconds a commit and a run take at their quickest of late. before: as it was, NULL at first; ended: when the run before the last ended; committed: when that was committed; now: when the last one ended.';
