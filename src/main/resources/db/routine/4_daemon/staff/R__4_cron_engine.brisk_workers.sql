CREATE OR REPLACE FUNCTION cron_engine.brisk_workers(
    for_login text, due_since timestamptz, now timestamptz, OUT brisk integer, OUT enough integer)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET enable_sort = off
SET jit = off
AS $body$
BEGIN
    -- Runs under way are the first ones of the index, or nearly. Those that are not seen here are taken for long ones.
    SELECT count(*), cron_engine.enough_workers(avg(q.commit_share), nullif(current_setting('cronlink.commit_time', true), '')::float8)
      INTO brisk, enough
      FROM (SELECT q.started_at, q.pid, q.commit_share, q.connect_before FROM cron_engine.queue q
             WHERE q.login = for_login AND q.ready ORDER BY -q.priority, q.runid LIMIT 64) q
     -- Who connects for the top level does so once for many runs.
     WHERE q.started_at > now - CASE WHEN q.connect_before IS NULL THEN cron_engine.quick_run() ELSE '0.2 s' END
           -- What has come due since its CALL a worker does not claim.
           AND EXISTS (SELECT FROM cron_engine.worker w WHERE w.pid = q.pid AND w.since >= due_since);
END;
$body$;
COMMENT ON FUNCTION cron_engine.brisk_workers(text, timestamptz, timestamptz) IS
    'How many workers of a login have begun a run of late (quick_run) and may claim another one that has been due since then; and how many are enough, see enough_workers().';
