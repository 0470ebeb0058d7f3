CREATE OR REPLACE FUNCTION cron_engine.worker_demand(
    now timestamptz, OUT login text, OUT waiting integer, OUT starting integer, OUT started_now integer, OUT busy integer, OUT workers integer,
    OUT due_since timestamptz, OUT ahead bigint[])
RETURNS SETOF record
-- Not of language sql: PostgreSQL plans the body of such a function at each call, here and in the daemon's other steps.
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET enable_sort = off
SET jit = off
AS $body$
BEGIN
    -- From one login to the next by the index, whatever the length of the queue.
    RETURN QUERY WITH RECURSIVE waiting_login (login) AS (
        (SELECT q.login FROM cron_engine.queue q WHERE q.ready ORDER BY q.login LIMIT 1)
        UNION ALL
        SELECT (SELECT q.login FROM cron_engine.queue q WHERE q.ready AND q.login > l.login ORDER BY q.login LIMIT 1)
          FROM waiting_login l WHERE l.login IS NOT NULL
    )
    -- Counted up to what could be served at most. A worker that was just set to work is about to claim one, if it was due then.
    SELECT l.login, w.waiting::integer, u.starting::integer, u.started_now::integer, u.busy::integer, u.workers::integer, w.due_since, w.ahead
      FROM waiting_login l
     CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE q.not_before IS NULL OR q.not_before <= now) AS waiting,
                                coalesce(min(q.not_before) FILTER (WHERE q.not_before <= now), '-infinity') AS due_since,
                                array_agg(q.runid ORDER BY q.not_before, q.priority DESC, q.runid) FILTER (WHERE q.not_before > now) AS ahead
                           FROM (SELECT q.runid, q.not_before, q.priority FROM cron_engine.queue q WHERE q.login = l.login AND q.ready AND q.pid IS NULL
                                  ORDER BY -q.priority, q.runid LIMIT 100) q) w
     CROSS JOIN LATERAL (SELECT count(*) AS workers, count(*) FILTER (WHERE u.busy) AS busy,
                                count(*) FILTER (WHERE u.busy AND (u.pid IS NULL OR u.since > now - interval '50 ms' AND u.since >= w.due_since)) AS starting,
                                count(*) FILTER (WHERE u.busy AND u.since > now - interval '5 ms') AS started_now
                           FROM cron_engine.worker u WHERE u.login = l.login) u
     WHERE (w.waiting > 0 OR w.ahead IS NOT NULL) AND NOT EXISTS (SELECT FROM cron.settings s WHERE s.paused);
EXCEPTION WHEN lock_not_available THEN
    -- Somebody holds cron.settings. What waits is seen the next time.
    RAISE LOG 'cronlink: could not count the runs that wait for workers: %', SQLERRM;
END;
$body$;
COMMENT ON FUNCTION cron_engine.worker_demand(timestamptz) IS
    'Per login: runs that wait for a worker, workers that were set to work for them within 50 milliseconds, and within 5, busy workers and workers in all; since when the first of them has waited; those whose time has not quite come, in order.';
