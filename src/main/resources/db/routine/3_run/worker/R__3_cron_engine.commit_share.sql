CREATE OR REPLACE FUNCTION cron_engine.commit_share(pace float8[])
RETURNS float8
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined.
    SELECT pace[1] OPERATOR(pg_catalog./) (pace[1] OPERATOR(pg_catalog.+) pace[2])
$body$;
COMMENT ON FUNCTION cron_engine.commit_share(float8[]) IS
    'What part of a worker''s time its commits take, 0 to 1, NULL: not known. pace: see cron_engine.pace().';

CREATE OR REPLACE FUNCTION cron_engine.commit_share(share float8, ended timestamptz, committed timestamptz, now timestamptz)
RETURNS float8
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined.
    SELECT coalesce(share OPERATOR(pg_catalog.*) 0.8, 0) OPERATOR(pg_catalog.+) CASE WHEN share IS NULL THEN 1.0 ELSE 0.2 END
           OPERATOR(pg_catalog.*) pg_catalog.date_part('epoch', committed OPERATOR(pg_catalog.-) ended)
           OPERATOR(pg_catalog./) nullif(pg_catalog.date_part('epoch', now OPERATOR(pg_catalog.-) ended), 0)
$body$;
COMMENT ON FUNCTION cron_engine.commit_share(float8, timestamptz, timestamptz, timestamptz) IS
    'As above, as an average of late. share: as it was; ended: when the run before the last ended; committed: when that was committed; now: when the last one ended. Workers that were under way at the upgrade from 0.1.0 call it.';
