CREATE OR REPLACE FUNCTION cron_engine.brisk_workers(for_login text, due_since timestamptz, now timestamptz)
RETURNS bigint
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET enable_sort = off
SET jit = off
AS $body$
BEGIN
    -- Runs under way are the first ones of the index, or nearly. Those that are not seen here are taken for long ones.
    RETURN (SELECT count(*)
              FROM (SELECT q.started_at, q.pid FROM cron_engine.queue q
                     WHERE q.login = for_login AND q.ready ORDER BY q.priority DESC, q.runid LIMIT 64) q
             WHERE q.started_at > now - interval '25 ms'
                   -- What has come due since its CALL a worker does not claim.
                   AND EXISTS (SELECT FROM cron_engine.worker w WHERE w.pid = q.pid AND w.since >= due_since));
END;
$body$;
COMMENT ON FUNCTION cron_engine.brisk_workers(text, timestamptz, timestamptz) IS
    'How many workers of a login have begun a run within the last 25 milliseconds and may claim another one that has been due since then.';
