CREATE OR REPLACE FUNCTION cron_engine.look_again(now timestamptz)
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
    v_after  bigint := coalesce(nullif(current_setting('cronlink.looked_at', true), '')::bigint, 0);
    v_jobids bigint[];
    v_names  text[];
    v_groups text[];
    v_last   bigint;
BEGIN
    -- A part of the queue each time, then the next one: what this costs does not grow with its length.
    SELECT array_agg(q.jobid) FILTER (WHERE q.waits_for = 'job'), array_agg(q.username) FILTER (WHERE q.waits_for = 'group'),
           array_agg(q.job_group) FILTER (WHERE q.waits_for = 'group'), CASE WHEN count(*) = 500 THEN max(q.runid) END
      INTO v_jobids, v_names, v_groups, v_last
      FROM (SELECT q.runid, q.jobid, q.username, q.job_group, q.waits_for FROM cron_engine.queue q WHERE q.runid > v_after ORDER BY q.runid LIMIT 500) q;
    PERFORM set_config('cronlink.looked_at', coalesce(v_last, 0)::text, false);
    -- And all groups that have a limit of their own, which may be another one now.
    RETURN cron_engine.ready_last_try(now)
           + cron_engine.ready_next(v_jobids, v_names || ARRAY(SELECT NULL::text FROM cron.job_group g ORDER BY g.name),
                                    v_groups || ARRAY(SELECT g.name FROM cron.job_group g ORDER BY g.name), now);
END;
$body$;
COMMENT ON FUNCTION cron_engine.look_again(timestamptz) IS
    'Lets those start that may although no end of a run has said so: limits change, groups are made common or are no longer, rows were locked when their turn came, ends could not be settled. Returns for how many something was new.';
