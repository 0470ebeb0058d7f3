-- FINDINGS.md: "few at once start on up to twelve workers"

CREATE OR REPLACE FUNCTION cron_engine.connected_ahead(due integer)
RETURNS integer
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it names nothing.
    SELECT CASE WHEN due <= 24 THEN least(due, 12) ELSE 6 END
$body$;
COMMENT ON FUNCTION cron_engine.connected_ahead(integer) IS
    'How many workers of a login are connected for so many runs that are due within seconds: with few runs all start at once, with many more than a few workers only get in each other''s way.';
