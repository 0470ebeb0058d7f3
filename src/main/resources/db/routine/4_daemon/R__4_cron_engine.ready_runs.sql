CREATE OR REPLACE FUNCTION cron_engine.ready_runs(runids bigint[], now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET enable_incremental_sort = off
SET jit = off
AS $body$
DECLARE
    v_count integer;
BEGIN
    WITH waiting AS MATERIALIZED (
        SELECT q.runid, q.jobid, q.username, q.overlap, q.priority, q.job_group
          FROM unnest(runids) u (runid)
          JOIN cron_engine.queue q USING (runid)
         WHERE q.ready IS NOT TRUE AND coalesce(q.not_before, '-infinity') <= now
           FOR UPDATE OF q SKIP LOCKED
    ), found AS MATERIALIZED (
        -- Of each job one at a time and in order, unless its runs may overlap. A group that nobody has made common is its role's own.
        SELECT w.*, g.max_running, CASE WHEN g.name IS NULL THEN w.username END AS group_of,
               NOT w.overlap AND w.jobid IS NOT NULL
               AND (EXISTS (SELECT FROM cron_engine.queue o WHERE CASE WHEN o.ready THEN o.jobid END = w.jobid)
                    OR w.runid > (SELECT o.runid FROM cron_engine.queue o
                                   WHERE CASE WHEN NOT o.ready THEN o.jobid END BETWEEN w.jobid AND w.jobid AND coalesce(o.not_before, '-infinity') <= now
                                   ORDER BY CASE WHEN NOT o.ready THEN o.jobid END, o.runid LIMIT 1)) AS behind
          FROM waiting w
          LEFT JOIN cron.job_group g ON g.name = w.job_group
    ), ranked AS MATERIALIZED (
        SELECT f.*, row_number() OVER (PARTITION BY f.behind, f.job_group, f.group_of ORDER BY f.priority DESC, f.runid) AS nth FROM found f
    ), decided AS (
        SELECT r.runid, CASE WHEN r.behind THEN 'job'
                             -- Counted once for each group.
                             WHEN r.job_group IS NOT NULL AND r.nth + max(CASE
                                  WHEN r.nth > 1 THEN 0
                                  WHEN r.group_of IS NULL THEN (SELECT count(*) FROM cron_engine.queue o WHERE CASE WHEN o.ready THEN o.job_group END = r.job_group)
                                  ELSE (SELECT count(*) FROM cron_engine.queue o
                                         WHERE CASE WHEN o.ready THEN o.job_group END = r.job_group AND o.username = r.group_of) END)
                                  OVER (PARTITION BY r.behind, r.job_group, r.group_of) > coalesce(r.max_running, 1) THEN 'group' END AS waits_for
          FROM ranked r
    )
    UPDATE cron_engine.queue q
       SET ready = d.waits_for IS NULL, waits_for = d.waits_for,
           -- Whatever time that is for the workers, it has come.
           not_before = CASE WHEN d.waits_for IS NULL AND q.not_before IS NOT NULL THEN least(q.not_before, clock_timestamp()) ELSE q.not_before END
      FROM decided d
     WHERE q.runid = d.runid AND (d.waits_for IS NULL OR q.waits_for IS DISTINCT FROM d.waits_for);
    GET DIAGNOSTICS v_count = ROW_COUNT;
    RETURN v_count;
END;
$body$;
COMMENT ON FUNCTION cron_engine.ready_runs(bigint[], timestamptz) IS
    'Lets those of the given runs start whose time has come and whose job and group are free, and notes for what the others wait. Returns for how many either was new. For cron_engine.do_each().';
