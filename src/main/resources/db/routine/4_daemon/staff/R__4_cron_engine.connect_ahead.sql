CREATE OR REPLACE FUNCTION cron_engine.connect_ahead(now timestamptz)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    v_login record;
BEGIN
    FOR v_login IN
        WITH soon AS (
            SELECT coalesce(l.via, l.username) AS login, count(*)::integer AS jobs
              FROM (SELECT d.jobid FROM cron_engine.due d WHERE d.next_fire < now + interval '5 s' ORDER BY d.next_fire LIMIT 100) d
              JOIN cron.job j USING (jobid)
              JOIN cron_engine.login l ON l.username = j.username
             GROUP BY coalesce(l.via, l.username)
        )
        SELECT s.login FROM soon s
         WHERE (SELECT count(*) FROM cron_engine.worker w WHERE w.login = s.login) < cron_engine.connected_ahead(s.jobs)
         ORDER BY (SELECT count(*) FROM cron_engine.worker w WHERE w.login = s.login), s.login LIMIT 12
    LOOP
        -- For one that would be closed at once, or for which another would have to go, it is better to wait.
        EXIT WHEN (SELECT s.paused OR s.worker_idle_timeout < '10 s' OR (SELECT count(*) FROM cron_engine.worker) >= s.max_running_jobs
                     FROM cron.settings s);
        -- One of each at a time: it takes some milliseconds.
        PERFORM cron_engine.open_workers(v_login.login, 1, now, true);
    END LOOP;
END;
$body$;
COMMENT ON FUNCTION cron_engine.connect_ahead(timestamptz) IS 'Connects workers for what fires within seconds: a new session needs some time before it is fast.';
