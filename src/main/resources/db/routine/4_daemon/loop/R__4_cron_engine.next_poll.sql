CREATE OR REPLACE FUNCTION cron_engine.next_poll(poll double precision, activity integer)
RETURNS double precision
LANGUAGE sql IMMUTABLE
AS $body$
    -- Where something happens more is likely to; where nothing does, the poll only has to notice what is new, or that a run makes room; and
    -- after some ten seconds without anything less often still. No search_path is pinned, so that it can be inlined.
    SELECT CASE WHEN activity OPERATOR(pg_catalog.>) 0 THEN 0.002
                WHEN activity OPERATOR(pg_catalog.<) 0 THEN least(poll OPERATOR(pg_catalog.*) 1.5, 0.02)
                WHEN poll OPERATOR(pg_catalog.<) 0.2 THEN least(poll OPERATOR(pg_catalog.*) 1.5, 0.2)
                ELSE least(poll OPERATOR(pg_catalog.*) 1.02, 0.4) END
$body$;
COMMENT ON FUNCTION cron_engine.next_poll(double precision, integer) IS
    'How long the daemon sleeps at most, in seconds, by how long it did before and how much has happened since, see tick().';
