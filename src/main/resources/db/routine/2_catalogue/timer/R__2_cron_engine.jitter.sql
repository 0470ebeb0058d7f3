CREATE OR REPLACE FUNCTION cron_engine.jitter(job_id bigint, jitter interval)
RETURNS interval
LANGUAGE sql IMMUTABLE
AS $body$
    -- No search_path is pinned, so that it can be inlined; it is that of its callers, who all pin theirs.
    -- The same for each fire of a job, so that its runs keep their distance; spread over jobs by their number's hash.
    SELECT coalesce(jitter * ((pg_catalog.hashint8(job_id)::bigint + 2147483648) / 4294967296.0), '0')
$body$;
COMMENT ON FUNCTION cron_engine.jitter(bigint, interval) IS 'By how much a job''s fires are late: a fixed share of its jitter.';
