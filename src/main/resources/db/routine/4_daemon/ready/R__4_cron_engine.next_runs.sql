CREATE OR REPLACE FUNCTION cron_engine.next_runs(jobids bigint[], usernames text[], job_groups text[], now timestamptz)
RETURNS SETOF bigint
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
    v_held bigint[] := (SELECT coalesce(array_agg(f.item::bigint), '{}') FROM cron_engine.fault f WHERE f.step = 'ready run' AND f.retry_at > now);
BEGIN
    RETURN QUERY
    SELECT w.runid
      FROM (SELECT DISTINCT u.jobid FROM unnest(jobids) u (jobid)) j
     CROSS JOIN LATERAL (SELECT q.runid, q.waits_for FROM cron_engine.queue q
                          WHERE CASE WHEN NOT q.ready THEN q.jobid END BETWEEN j.jobid AND j.jobid AND coalesce(q.not_before, '-infinity') <= now
                          ORDER BY CASE WHEN NOT q.ready THEN q.jobid END, q.runid LIMIT 1) w
     WHERE w.waits_for = 'job' AND NOT EXISTS (SELECT FROM cron_engine.queue o WHERE CASE WHEN o.ready THEN o.jobid END = j.jobid);
    IF NOT EXISTS (SELECT FROM cron_engine.queue q WHERE q.waits_for = 'group') THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH freed AS MATERIALIZED (
        SELECT DISTINCT u.job_group, CASE WHEN g.name IS NULL THEN u.username END AS group_of, coalesce(g.max_running, 1) AS max_running
          FROM unnest(usernames, job_groups) u (username, job_group)
          LEFT JOIN cron.job_group g ON g.name = u.job_group
         WHERE u.job_group IS NOT NULL
    )
    SELECT w.runid
      FROM freed f
     -- What somebody has locked, and may keep so, does not take the place of what nobody has.
     CROSS JOIN LATERAL (SELECT q.runid FROM cron_engine.queue q
                          WHERE q.job_group = f.job_group AND q.waits_for = 'group' AND q.runid <> ALL (v_held)
                                AND coalesce(q.not_before, '-infinity') <= now
                          ORDER BY q.priority DESC, q.runid
                          LIMIT greatest(0, f.max_running - (SELECT count(*) FROM cron_engine.queue o WHERE CASE WHEN o.ready THEN o.job_group END = f.job_group))
                            FOR UPDATE OF q SKIP LOCKED) w
     WHERE f.group_of IS NULL
    UNION ALL
    SELECT w.runid
      FROM freed f
     CROSS JOIN LATERAL (SELECT q.runid FROM cron_engine.queue q
                          WHERE q.job_group = f.job_group AND q.username BETWEEN f.group_of AND f.group_of AND q.waits_for = 'group'
                                AND q.runid <> ALL (v_held) AND coalesce(q.not_before, '-infinity') <= now
                          ORDER BY q.username, q.priority DESC, q.runid
                          LIMIT CASE WHEN NOT EXISTS (SELECT FROM cron_engine.queue o
                                                       WHERE CASE WHEN o.ready THEN o.job_group END = f.job_group AND o.username = f.group_of) THEN 1 ELSE 0 END
                            FOR UPDATE OF q SKIP LOCKED) w
     WHERE f.group_of IS NOT NULL;
END;
$body$;
COMMENT ON FUNCTION cron_engine.next_runs(bigint[], text[], text[], timestamptz) IS
    'The runs that are next: of each of the given jobs, and of the groups, each of which is given with the name of a role, as many as there is room for. Locks those of groups.';
