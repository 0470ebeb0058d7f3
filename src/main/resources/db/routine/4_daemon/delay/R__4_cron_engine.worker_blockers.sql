CREATE OR REPLACE FUNCTION cron_engine.worker_blockers(login text)
RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $body$
    -- What waits inside a run is the run's own business.
    WITH waiting AS MATERIALIZED (
        SELECT w.pid FROM cron_engine.worker w
         WHERE w.login = $1 AND w.busy AND NOT EXISTS (SELECT FROM cron_engine.queue q WHERE q.pid = w.pid)
               AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = w.pid AND NOT l.granted)
    )
    SELECT string_agg(DISTINCT format('session %s of role "%s"', a.pid, a.usename), ', ')
      FROM waiting w
     CROSS JOIN LATERAL unnest(pg_blocking_pids(w.pid)) b (pid)
      JOIN pg_stat_activity a ON a.pid = b.pid
     WHERE a.pid NOT IN (SELECT w.pid FROM waiting w)
$body$;
COMMENT ON FUNCTION cron_engine.worker_blockers(text) IS 'Sessions whose locks keep workers of a login from taking a run; NULL: none.';
