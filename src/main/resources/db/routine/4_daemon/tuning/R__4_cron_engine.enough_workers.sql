-- FINDINGS.md: "As many as keep two processors busy beside the daemon"

CREATE OR REPLACE FUNCTION cron_engine.enough_workers(commit_share double precision, commit_time double precision)
RETURNS integer
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined.
    -- Each takes of the processors what its commits leave of its time, a run 0.4 ms at least. A worker that waits for a processor does so
    -- in its commit, too: by its own share alone, more that wait would call for more.
    SELECT greatest(3, least(2 OPERATOR(pg_catalog./) (1 OPERATOR(pg_catalog.-) least(coalesce(commit_share, 0), 0.97)) OPERATOR(pg_catalog.-) 2,
                             2 OPERATOR(pg_catalog.*) coalesce(commit_time, 0.002) OPERATOR(pg_catalog./) 0.0004))::integer
$body$;
COMMENT ON FUNCTION cron_engine.enough_workers(double precision, double precision) IS
    'How many workers of a login keep two processors busy beside the daemon, if their runs are quick: where they wait for a slow disk many can do that together, on a fast one three are enough. commit_share: what part of their time their commits take, 0 to 1, NULL: not known yet; commit_time: how long a commit takes when nothing else is to be done, in seconds, NULL: not known, as if 0.002.';
