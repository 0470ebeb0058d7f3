CREATE OR REPLACE FUNCTION cron_engine.ready_next(jobids bigint[], usernames text[], job_groups text[], now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
-- Whatever the statistics: the first entries of an index, and no others.
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET enable_incremental_sort = off
SET jit = off
AS $body$
DECLARE
    v_held bigint[];
BEGIN
    IF NOT EXISTS (SELECT FROM cron_engine.queue q WHERE NOT q.ready) THEN
        RETURN 0;
    END IF;
    v_held := (SELECT coalesce(array_agg(f.item::bigint), '{}') FROM cron_engine.fault f WHERE f.step = 'ready run' AND f.retry_at > now);
    RETURN cron_engine.do_each('ready run', ARRAY(
        WITH freed AS MATERIALIZED (
            SELECT DISTINCT u.job_group, CASE WHEN g.name IS NULL THEN u.username END AS username, coalesce(g.max_running, 1) AS max_running
              FROM unnest(usernames, job_groups) u (username, job_group)
              LEFT JOIN cron.job_group g ON g.name = u.job_group
             WHERE u.job_group IS NOT NULL
        )
        SELECT n.runid::text
          FROM (SELECT w.runid, w.priority
                  FROM (SELECT DISTINCT u.jobid FROM unnest(jobids) u (jobid)) j
                 CROSS JOIN LATERAL (SELECT q.runid, q.priority, q.waits_for FROM cron_engine.queue q
                                      WHERE q.jobid BETWEEN j.jobid AND j.jobid AND NOT q.ready AND coalesce(q.not_before, '-infinity') <= now
                                      ORDER BY q.jobid, q.runid LIMIT 1) w
                 WHERE w.waits_for = 'job' AND NOT EXISTS (SELECT FROM cron_engine.queue o WHERE CASE WHEN o.ready THEN o.jobid END = j.jobid)
                UNION ALL
                SELECT w.runid, w.priority
                  FROM freed f
                 -- What somebody has locked, and may keep so, does not take the place of what nobody has.
                 CROSS JOIN LATERAL (SELECT q.runid, q.priority FROM cron_engine.queue q
                                      WHERE q.job_group = f.job_group AND q.waits_for = 'group' AND q.runid <> ALL (v_held)
                                            AND coalesce(q.not_before, '-infinity') <= now
                                      ORDER BY q.priority DESC, q.runid
                                      LIMIT greatest(0, f.max_running - (SELECT count(*) FROM cron_engine.queue o
                                                                          WHERE CASE WHEN o.ready THEN o.job_group END = f.job_group))
                                        FOR UPDATE OF q SKIP LOCKED) w
                 WHERE f.username IS NULL
                UNION ALL
                SELECT w.runid, w.priority
                  FROM freed f
                 CROSS JOIN LATERAL (SELECT q.runid, q.priority FROM cron_engine.queue q
                                      WHERE q.job_group = f.job_group AND q.username BETWEEN f.username AND f.username AND q.waits_for = 'group'
                                            AND q.runid <> ALL (v_held) AND coalesce(q.not_before, '-infinity') <= now
                                      ORDER BY q.username, q.priority DESC, q.runid
                                      LIMIT CASE WHEN NOT EXISTS (SELECT FROM cron_engine.queue o
                                                                   WHERE CASE WHEN o.ready THEN o.job_group END = f.job_group AND o.username = f.username)
                                                 THEN 1 ELSE 0 END
                                        FOR UPDATE OF q SKIP LOCKED) w
                 WHERE f.username IS NOT NULL) n
         ORDER BY n.priority DESC, n.runid), now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.ready_next(bigint[], text[], text[], timestamptz) IS
    'Lets start what is next: of each of the given jobs, and of the groups, each of which is given with the name of a role, as many as there is room for. Returns for how many something was new.';
