CREATE OR REPLACE FUNCTION cron_engine.delayed_logins(now timestamptz)
RETURNS TABLE (login text, since timestamptz)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET jit = off
AS $body$
DECLARE
    -- Kept by the session, as it changes whenever a run happens to wait at this moment: for each login a run, and since when it has been seen to wait.
    v_before jsonb := coalesce(nullif(current_setting('cronlink.waiting_runs', true), ''), '{}');
    v_after  jsonb;
BEGIN
    IF v_before = '{}' AND NOT EXISTS (SELECT FROM cron_engine.queue q WHERE q.ready AND q.pid IS NULL) THEN
        RETURN;
    END IF;
    WITH RECURSIVE waiting_login (login) AS (
        (SELECT q.login FROM cron_engine.queue q WHERE q.ready ORDER BY q.login LIMIT 1)
        UNION ALL
        SELECT (SELECT q.login FROM cron_engine.queue q WHERE q.ready AND q.login > l.login ORDER BY q.login LIMIT 1)
          FROM waiting_login l WHERE l.login IS NOT NULL
    )
    SELECT coalesce(jsonb_object_agg(l.login, r.run), '{}') INTO v_after
      FROM (SELECT w.login FROM waiting_login w LIMIT 1000) l
     CROSS JOIN LATERAL (
            (SELECT v_before -> l.login AS run
               FROM cron_engine.queue q WHERE q.runid = (v_before #>> ARRAY[l.login, '0'])::bigint AND q.ready AND q.pid IS NULL)
            UNION ALL
            -- The one that is claimed last: if any waits for long, it does.
            (SELECT jsonb_build_array(q.runid, now) FROM cron_engine.queue q
              WHERE q.login = l.login AND q.ready AND q.pid IS NULL AND (q.not_before IS NULL OR q.not_before <= now)
                    AND (q.start_before IS NULL OR q.start_before > now)
              ORDER BY q.login DESC, -q.priority DESC, q.runid DESC LIMIT 1)
            LIMIT 1) r
     WHERE l.login IS NOT NULL;
    IF v_after <> v_before THEN
        PERFORM set_config('cronlink.waiting_runs', v_after::text, false);
    END IF;
    RETURN QUERY SELECT r.key, (r.value ->> 1)::timestamptz FROM jsonb_each(v_after) r WHERE (r.value ->> 1)::timestamptz <= now - interval '5 s';
END;
$body$;
COMMENT ON FUNCTION cron_engine.delayed_logins(timestamptz) IS
    'Logins with a run that could have started more than five seconds ago: its time had come, its job and group were free. To be asked once a second or so, by the daemon.';
