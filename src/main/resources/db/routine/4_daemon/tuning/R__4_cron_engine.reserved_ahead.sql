-- FINDINGS.md: "few at once start on up to twelve workers"

CREATE OR REPLACE FUNCTION cron_engine.reserved_ahead(due integer)
RETURNS integer
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it names nothing.
    SELECT CASE WHEN due <= 24 THEN 12 ELSE 4 END
$body$;
COMMENT ON FUNCTION cron_engine.reserved_ahead(integer) IS
    'How many workers of a login are reserved for so many runs that are due at one time, see connected_ahead().';
