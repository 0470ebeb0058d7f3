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
    v_free         bigint[];
    v_behind_job   bigint[];
    v_behind_group bigint[];
BEGIN
    WITH waiting AS MATERIALIZED (
        SELECT q.runid, q.jobid, q.username, q.may_overlap, q.priority, q.job_group, q.waits_for
          FROM cron_engine.queue q
         WHERE q.runid = ANY (runids) AND q.ready IS NOT TRUE AND coalesce(q.not_before, '-infinity') <= now
           FOR UPDATE SKIP LOCKED
    ), found AS MATERIALIZED (
        -- Of each job one at a time and in order, unless its runs may overlap. A group that nobody has made common is its role's own.
        SELECT w.*, g.max_running, CASE WHEN g.name IS NULL THEN w.username END AS group_of,
               NOT w.may_overlap AND w.jobid IS NOT NULL
               AND (EXISTS (SELECT FROM cron_engine.queue o WHERE CASE WHEN o.ready THEN o.jobid END = w.jobid)
                    OR w.runid > (SELECT o.runid FROM cron_engine.queue o
                                   WHERE CASE WHEN NOT o.ready THEN o.jobid END BETWEEN w.jobid AND w.jobid AND coalesce(o.not_before, '-infinity') <= now
                                   ORDER BY CASE WHEN NOT o.ready THEN o.jobid END, o.runid LIMIT 1)) AS behind
          FROM waiting w
          LEFT JOIN cron.job_group g ON g.name = w.job_group
    ), ranked AS MATERIALIZED (
        SELECT f.*, row_number() OVER (PARTITION BY f.behind, f.job_group, f.group_of ORDER BY f.priority DESC, f.runid) AS nth FROM found f
    ), decided AS (
        SELECT r.runid, r.waits_for AS known, CASE WHEN r.behind THEN 'job'
                             -- Counted once for each group.
                             WHEN r.job_group IS NOT NULL AND r.nth + max(CASE
                                  WHEN r.nth > 1 THEN 0
                                  WHEN r.group_of IS NULL THEN (SELECT count(*) FROM cron_engine.queue o WHERE CASE WHEN o.ready THEN o.job_group END = r.job_group)
                                  ELSE (SELECT count(*) FROM cron_engine.queue o
                                         WHERE CASE WHEN o.ready THEN o.job_group END = r.job_group AND o.username = r.group_of) END)
                                  OVER (PARTITION BY r.behind, r.job_group, r.group_of) > coalesce(r.max_running, 1) THEN 'group' END AS waits_for
          FROM ranked r
    )
    SELECT array_agg(d.runid) FILTER (WHERE d.waits_for IS NULL), array_agg(d.runid) FILTER (WHERE d.waits_for = 'job'),
           array_agg(d.runid) FILTER (WHERE d.waits_for = 'group')
      INTO v_free, v_behind_job, v_behind_group
      FROM decided d WHERE d.waits_for IS NULL OR d.waits_for IS DISTINCT FROM d.known;
    -- Whatever time that is for the workers, it has come.
    UPDATE cron_engine.queue q
       SET ready = true, waits_for = NULL, not_before = CASE WHEN q.not_before IS NOT NULL THEN least(q.not_before, clock_timestamp()) END
     WHERE q.runid = ANY (v_free);
    IF v_behind_job IS NOT NULL OR v_behind_group IS NOT NULL THEN
        UPDATE cron_engine.queue q SET waits_for = 'job' WHERE q.runid = ANY (v_behind_job);
        UPDATE cron_engine.queue q SET waits_for = 'group' WHERE q.runid = ANY (v_behind_group);
    END IF;
    RETURN coalesce(cardinality(v_free), 0) + coalesce(cardinality(v_behind_job), 0) + coalesce(cardinality(v_behind_group), 0);
END;
$body$;
COMMENT ON FUNCTION cron_engine.ready_runs(bigint[], timestamptz) IS
    'Lets those of the given runs start whose time has come and whose job and group are free, and notes for what the others wait. Returns for how many either was new. For cron_engine.do_each().';
