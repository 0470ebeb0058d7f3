CREATE OR REPLACE FUNCTION cron_engine.staff(now timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_login  record;
    v_worker record;
    v_short  integer;
    v_total  integer := 0;
BEGIN
    PERFORM cron_engine.collect_worker(w.name, now) FROM (SELECT w.name FROM cron_engine.worker w WHERE w.busy ORDER BY w.name) w;
    IF NOT EXISTS (SELECT FROM cron_engine.queue q WHERE q.ready) THEN
        RETURN 0;
    END IF;
    -- A login without any worker comes first, so that a busy one cannot keep it out.
    FOR v_login IN
        SELECT d.login, d.waiting - d.starting AS short FROM cron_engine.demand(now) d WHERE d.waiting > d.starting ORDER BY d.workers, d.login
    LOOP
        v_short := v_login.short;
        FOR v_worker IN
            SELECT w.name FROM cron_engine.worker w WHERE w.login = v_login.login AND NOT w.busy ORDER BY w.since DESC LIMIT v_short
        LOOP
            v_short := v_short - cron_engine.start_worker(v_worker.name, now)::integer;
        END LOOP;
        v_total := v_total + v_login.short;
        -- Workers that get on with the queue need no help: more of them on the same processors are slower.
        IF cron_engine.brisk_workers(v_login.login, now) < 8 THEN
            PERFORM cron_engine.open_workers(v_login.login, v_short, now);
        END IF;
    END LOOP;
    RETURN v_total;
END;
$body$;
COMMENT ON FUNCTION cron_engine.staff(timestamptz) IS
    'Gives waiting runs workers: idle ones, else new ones up to max_running_jobs. Returns how many runs were waiting for one.';

CREATE OR REPLACE FUNCTION cron_engine.demand(now timestamptz, OUT login text, OUT waiting integer, OUT starting integer, OUT workers integer)
RETURNS SETOF record
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET jit = off
AS $body$
    -- From one login to the next by the index, whatever the length of the queue.
    WITH RECURSIVE waiting_login (login) AS (
        (SELECT q.login FROM cron_engine.queue q WHERE q.ready ORDER BY q.login LIMIT 1)
        UNION ALL
        SELECT (SELECT q.login FROM cron_engine.queue q WHERE q.ready AND q.login > l.login ORDER BY q.login LIMIT 1)
          FROM waiting_login l WHERE l.login IS NOT NULL
    )
    -- Counted up to what could be served at most; a worker that was just set to work is about to claim one.
    SELECT l.login, w.waiting::integer, u.starting::integer, u.workers::integer
      FROM waiting_login l
     CROSS JOIN LATERAL (SELECT count(*) AS waiting
                           FROM (SELECT FROM cron_engine.queue q WHERE q.login = l.login AND q.ready AND q.pid IS NULL LIMIT 100) q) w
     CROSS JOIN LATERAL (SELECT count(*) AS workers, count(*) FILTER (WHERE u.busy AND u.since > now - interval '50 ms') AS starting
                           FROM cron_engine.worker u WHERE u.login = l.login) u
     WHERE w.waiting > 0 AND NOT EXISTS (SELECT FROM cron.settings s WHERE s.paused)
$body$;
COMMENT ON FUNCTION cron_engine.demand(timestamptz) IS
    'Per login: runs that wait for a worker, workers that were just set to work, workers in all.';

CREATE OR REPLACE FUNCTION cron_engine.brisk_workers(for_login text, now timestamptz)
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
              FROM (SELECT q.started_at FROM cron_engine.queue q
                     WHERE q.login = for_login AND q.ready ORDER BY q.priority DESC, q.runid LIMIT 64) q
             WHERE q.started_at > now - interval '20 ms');
END;
$body$;
COMMENT ON FUNCTION cron_engine.brisk_workers(text, timestamptz) IS 'How many workers of a login have begun a run within the last 20 milliseconds.';

CREATE OR REPLACE FUNCTION cron_engine.open_workers(for_login text, wanted integer, now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_limit integer := (SELECT s.max_running_jobs FROM cron.settings s);
    v_idle  record;
BEGIN
    -- Few at a time: each connection takes the daemon some milliseconds, in which those that exist get on with the queue.
    FOR i IN 1 .. least(wanted, 4) LOOP
        IF (SELECT count(*) FROM cron_engine.worker) >= v_limit THEN
            SELECT w.name INTO v_idle FROM cron_engine.worker w WHERE NOT w.busy AND w.login <> for_login ORDER BY w.since LIMIT 1;
            EXIT WHEN NOT FOUND;
            PERFORM cron_engine.close_worker(v_idle.name);
        END IF;
        EXIT WHEN NOT cron_engine.open_worker(for_login, now);
        PERFORM cron_engine.start_worker(w.name, now) FROM cron_engine.worker w WHERE w.login = for_login AND NOT w.busy;
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.open_workers(text, integer, timestamptz) IS
    'Connects and starts more workers for a login, as far as max_running_jobs allows; idle ones of other logins make room.';

CREATE OR REPLACE FUNCTION cron_engine.retire_workers(now timestamptz)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT cron_engine.close_worker(w.name)
      FROM cron_engine.worker w CROSS JOIN cron.settings s
     WHERE NOT w.busy AND (w.since < now - s.worker_idle_timeout OR w.opened_at < now - s.worker_max_age)
$body$;
COMMENT ON FUNCTION cron_engine.retire_workers(timestamptz) IS 'Closes workers that have been idle for long, or are old.';
